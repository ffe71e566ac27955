/**
 * What a page sees of the vault: one worker a tab, typed calls, events, and a state that fits `useSyncExternalStore`.
 * Safe to import on the server, where nothing starts. It must never see a key or an opened byte: it only carries what
 * `verbs.ts` allows. Signing out in one tab, or web's word to one that the session is over, ends the workers of all tabs.
 */
import { VaultError, type VaultErrorCode } from './errors.ts'
import type {
  EventName,
  VaultEvents,
  VaultStatus,
  VerbAnswer,
  VerbArgs,
  VerbName,
  VerbRequest,
  WorkerMessage,
} from './verbs.ts'

/** The part of `Worker` that the client uses, so that tests hand in their own. */
export interface VaultPort {
  postMessage(message: VerbRequest): void
  terminate(): void
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null
  onerror: ((event: ErrorEvent) => void) | null
}

/** The part of `BroadcastChannel` that the client uses. */
export interface TabChannel {
  postMessage(message: TabMessage): void
  onmessage: ((event: MessageEvent<TabMessage>) => void) | null
}

export type TabMessage = 'signed-in' | 'signed-out' | 'keys-changed'

const STARTING: VaultStatus = { state: 'starting', account: null }
const SIGNED_OUT: VaultStatus = { state: 'signed-out', account: null }
const SIGNING_IN: readonly VerbName[] = [
  'signUp',
  'signIn',
  'signInWithRecovery',
  'resetAccount',
  'unlock',
]

interface Pending {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: VaultError) => void
}

export class VaultClient {
  readonly #start: () => VaultPort
  readonly #tabs: TabChannel
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Map<EventName, Set<(data: never) => void>>()
  readonly #stateListeners = new Set<() => void>()
  #port: VaultPort | null = null
  #status: VaultStatus = STARTING
  #nextId = 1
  #leaving = false

  /**
   * @param start makes a fresh worker
   * @param tabs the channel that all tabs of this origin share
   */
  constructor(start: () => VaultPort, tabs: TabChannel) {
    this.#start = start
    this.#tabs = tabs
    this.#tabs.onmessage = (event) => {
      if (event.data === 'signed-out') this.#end(SIGNED_OUT, 'signed-out')
      else if (event.data === 'keys-changed') this.#reloadKeys()
      else this.#refresh()
    }
  }

  /**
   * Asks the vault.
   * @throws VaultError with a code of `errors.ts`, or the code that web answered
   */
  async call<V extends VerbName>(verb: V, args: VerbArgs<V>): Promise<VerbAnswer<V>> {
    // What a teacher's device keeps for the class should outlast a full disk; only a page may ask for that.
    // Some browsers ask the person, who may take their time: the class does not wait.
    if (verb === 'prepareClass') void askToKeep()
    const port = this.#running()
    const id = this.#nextId++
    if (verb === 'signOut') this.#leaving = true
    const answer = await new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      port.postMessage({ id, verb, args })
    }).finally(() => {
      if (verb !== 'signOut') return
      // Keys are put away in every tab, whether or not web hears of it.
      this.#leaving = false
      this.#signedOut()
    })
    if (verb === 'renewKeys' || verb === 'confirmKeys') this.#tabs.postMessage('keys-changed')
    else if (SIGNING_IN.includes(verb)) this.#tabs.postMessage('signed-in')
    return answer as VerbAnswer<V> // The worker is ours and answers by the same table of types.
  }

  /** Listens for an event; the answer stops listening. */
  on<E extends EventName>(event: E, listener: (data: VaultEvents[E]) => void): () => void {
    const set = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, set)
    set.add(listener)
    return () => {
      set.delete(listener)
    }
  }

  /** Starts the worker if need be and learns the state; call it once a page. */
  readonly wake = (): void => {
    if (!this.#port) this.#refresh()
  }

  /** Web refused a page as one that is signed out: has the vault ask, and put its keys away if it is so. */
  readonly lookAgain = (): void => {
    if (this.#status.account !== null) this.#refresh()
  }

  /** For `useSyncExternalStore`; the snapshot is the same object until it changes. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener)
    this.wake()
    return () => {
      this.#stateListeners.delete(listener)
    }
  }

  readonly getStatus = (): VaultStatus => this.#status

  #running(): VaultPort {
    if (this.#port) return this.#port
    const port = this.#start()
    this.#port = port
    port.onmessage = (event) => {
      this.#take(event.data)
    }
    port.onerror = () => {
      this.#end(STARTING, 'vault-crashed')
    }
    return port
  }

  #take(message: WorkerMessage): void {
    if ('event' in message) {
      if (message.event === 'state') this.#follow(message.data as VaultStatus)
      else this.#emit(message.event, message.data)
      return
    }
    const pending = this.#pending.get(message.id)
    if (!pending) return
    this.#pending.delete(message.id)
    if (message.ok) pending.resolve(message.answer)
    else pending.reject(new VaultError(message.code, undefined, message.message))
  }

  #follow(status: VaultStatus): void {
    const over = status.state === 'signed-out' && this.#status.account !== null
    // Web ended the session, and it was this tab that heard of it.
    if (over && !this.#leaving) {
      this.#signedOut()
      return
    }
    this.#setStatus(status)
    this.#emit('state', status)
  }

  /** No tab of this browser keeps a key of the session that is over. */
  #signedOut(): void {
    this.#tabs.postMessage('signed-out')
    this.#end(SIGNED_OUT, 'signed-out')
  }

  #emit(event: EventName, data: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      try {
        listener(data as never)
      } catch (error) {
        // A listener that fails is the page's bug: report it as such, without silencing the others.
        reportError(error)
      }
    }
  }

  #refresh(): void {
    this.call('status', {}).then(
      (status) => {
        this.#setStatus(status)
      },
      (error: unknown) => {
        this.#name(error)
      },
    )
  }

  #name(error: unknown): void {
    const code = error instanceof VaultError ? error.code : 'vault-crashed'
    // The state says so already.
    if (code === 'signed-out') return
    const message = error instanceof Error ? error.message : String(error)
    this.#emit('problem', { code, message })
  }

  /** Keys that were renewed or confirmed in another tab; a worker that holds none opens the new ones when asked. */
  #reloadKeys(): void {
    if (this.#status.state !== 'unlocked') return
    this.call('reloadKeys', {}).catch((error: unknown) => {
      this.#name(error)
    })
  }

  #setStatus(status: VaultStatus): void {
    this.#status = status
    for (const listener of this.#stateListeners) listener()
  }

  #end(status: VaultStatus, code: VaultErrorCode): void {
    this.#port?.terminate()
    this.#port = null
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of pending) reject(new VaultError(code))
    if (code === 'vault-crashed') {
      this.#emit('problem', { code, message: new VaultError(code).message })
    } else this.#emit('state', status)
    this.#setStatus(status)
  }
}

async function askToKeep(): Promise<void> {
  try {
    await navigator.storage.persist()
  } catch {
    // No answer is a no: receipts then wait for web.
    return
  }
}

/** The state to render on the server and during hydration. */
export const serverStatus = (): VaultStatus => STARTING

let shared: VaultClient | undefined

/**
 * The one vault of this tab.
 * @throws Error on the server, where there is no vault
 */
export function getVault(): VaultClient {
  if (typeof window === 'undefined') throw new Error('The vault lives in the browser alone.')
  shared ??= new VaultClient(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'vault' }),
    new BroadcastChannel('attune-vault'),
  )
  return shared
}
