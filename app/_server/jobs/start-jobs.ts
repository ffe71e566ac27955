/**
 * The web process' work besides answering requests. One run of a job at a time; a failed run is logged
 * and the next one comes at its time.
 */
import { serverContext, type ServerContext } from '../core/context.ts'
import { pollClasses } from './poll-classes.ts'
import { sweep } from './sweep.ts'

const POLL_MS = 30_000
const SWEEP_MS = 3_600_000

/**
 * Starts the jobs; answers what stops them. What has had its time goes at once too: a school that
 * starts the service for one lesson a day would keep it for ever.
 */
export function startJobs(): () => void {
  const stops = [
    repeat('poll-classes', POLL_MS, pollClasses),
    repeat('sweep', SWEEP_MS, sweep, true),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function repeat(
  name: string,
  everyMs: number,
  job: (context: ServerContext) => Promise<void>,
  atOnce = false,
): () => void {
  let running = false
  const run = async (): Promise<void> => {
    if (running) return
    running = true
    try {
      await job(await serverContext())
    } catch (error) {
      await report(name, error)
    } finally {
      running = false
    }
  }
  if (atOnce) void run()
  const timer = setInterval(() => void run(), everyMs)
  timer.unref()
  return () => {
    clearInterval(timer)
  }
}

async function report(name: string, error: unknown): Promise<void> {
  try {
    const { log } = await serverContext()
    log.error(`job ${name} failed`, error)
  } catch {
    console.error(`job ${name} failed: the server is not set up`)
  }
}
