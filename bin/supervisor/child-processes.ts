/**
 * How web and sfu are started and how the supervisor knows that they serve: on Node 24, in a group
 * of their own, with a channel whose end tells them that the supervisor is gone.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface NodeChildOptions {
  readonly name: string
  readonly root: string
  readonly script: string
  readonly env: NodeJS.ProcessEnv
  readonly onLine: (line: string) => void
}

/** Ends its process once the supervisor is gone, whatever the script does. */
const GUARD = 'bin/supervisor/end-with-parent.mjs'

/** Starts a script; `onMessage` gets what it sends over its channel. */
export function startNodeChild(
  options: NodeChildOptions,
  onMessage: (message: unknown) => void,
): ChildProcess {
  const guard = join(options.root, GUARD)
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      guard,
      join(options.root, options.script),
    ],
    {
      cwd: options.root,
      env: options.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) {
      createInterface({ input: stream }).on('line', (line) => {
        options.onLine(`${options.name} | ${line}`)
      })
    }
  }
  child.on('message', onMessage)
  return child
}

/** Whether `message` is the `{ready: true}` of ARCHITECTURE.md. */
export function saysReady(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'ready' in message && message.ready === true
  )
}

/** Whether the sfu answers 200 to its health check on `socketPath`. */
export function sfuAnswers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = request({ socketPath, path: '/internal/health', timeout: 2_000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    ask.once('timeout', () => ask.destroy(new Error('no answer')))
    ask.once('error', () => {
      resolve(false)
    })
    ask.end()
  })
}
