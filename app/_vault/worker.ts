/**
 * The vault's worker: thin glue between messages of the page and the vault, with the browser's own transport, clock,
 * timers and store. It must never post a key or an opened byte; what it posts is what `verbs.ts` allows.
 */
import { VaultError } from './errors.ts'
import { sodiumReady, sodium } from './sodium.ts'
import { VaultStore } from './store.ts'
import type { Timers } from './timing.ts'
import { Vault } from './vault.ts'
import type { VerbRequest, WorkerMessage } from './verbs.ts'

/** The part of a worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<VerbRequest>) => void) | null
  postMessage(message: WorkerMessage): void
}

const scope: WorkerScope = self

const timers: Timers = {
  after(ms, run) {
    const handle = setTimeout(run, ms)
    return () => {
      clearTimeout(handle)
    }
  },
}

/** A message to oneself: unlike a timer it is never held back by milliseconds. */
const breath = new MessageChannel()
const breathing: (() => void)[] = []
breath.port1.onmessage = () => breathing.shift()?.()
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    breathing.push(resolve)
    breath.port2.postMessage(null)
  })
}

const vault = start()

scope.onmessage = (event) => {
  void answer(event.data)
}

async function start(): Promise<Vault> {
  await sodiumReady()
  return new Vault({
    fetch: (...call) => fetch(...call),
    store: await VaultStore.open(),
    emit: (event, data) => {
      scope.postMessage({ event, data })
    },
    now: Date.now,
    timers,
    random: () => sodium.randombytes_random() / 2 ** 32,
    // Without HTTPS a browser has neither: one tab is then taken on trust, and nothing counts as kept.
    locks: 'locks' in navigator ? navigator.locks : { request: (_name, _options, hold) => hold() },
    breathe,
    persisted: async () => 'storage' in navigator && (await navigator.storage.persisted()),
  })
}

/** Never rejects: what goes wrong is the answer. */
async function answer({ id, verb, args }: VerbRequest): Promise<void> {
  try {
    scope.postMessage({ id, ok: true, answer: await (await vault).call(verb, args) })
  } catch (error) {
    const known = error instanceof VaultError ? error : new VaultError('internal', { cause: error })
    if (known !== error) console.error(error)
    scope.postMessage({ id, ok: false, code: known.code, message: known.message })
  }
}
