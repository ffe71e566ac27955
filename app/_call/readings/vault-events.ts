/**
 * What the vault says of one class, brought to the call and to the shown state. It must never act on
 * another class's events, and never look into the bytes that it carries.
 */
import { memberIdSchema } from '../../../sfu/protocol/index.ts'
import type {
  ClassEntry,
  EventName,
  VaultEvents,
  VaultStatus,
  VerbAnswer,
  VerbArgs,
  VerbName,
} from '../../_vault/verbs.ts'
import type { Call } from '../call.ts'
import { isConnectionLoss } from '../errors.ts'
import type { Store } from '../store.ts'
import type { ReadingsState } from './state.ts'
import { withTotals } from './timeline.ts'

/** The part of the vault's client that is used. */
export type VaultPort = {
  call<V extends VerbName>(verb: V, args: VerbArgs<V>): Promise<VerbAnswer<V>>
  on<E extends EventName>(event: E, listener: (data: VaultEvents[E]) => void): () => void
}

export type VaultFollower = {
  classId: () => string
  call: Pick<Call, 'sendRecord' | 'sendReceipt' | 'announceChunk'>
  store: Store<ReadingsState>
  /** A reading is wanted. */
  due: (due: VaultEvents['due']) => void
  /** What the vault knows of the class has changed. */
  follow: (entry: ClassEntry) => void
  vaultChanged: (status: VaultStatus) => void
  /** A receipt said that this device's records are numbered by a wrong clock. */
  clockWrong: () => void
  report: (error: unknown) => void
}

type OfClass = {
  [E in EventName]: VaultEvents[E] extends { classId: string } ? E : never
}[EventName]

/**
 * Listens to the vault.
 *
 * @returns what ends each listening
 */
export function followVault(vault: VaultPort, follower: VaultFollower): (() => void)[] {
  const { call, store } = follower
  function on<E extends OfClass>(event: E, handle: (data: VaultEvents[E]) => void): () => void {
    return vault.on(event, (data) => {
      if (data.classId === follower.classId()) handle(data)
    })
  }
  /** What cannot be sent now is made good by the next resend. */
  function pass(sending: Promise<void>): void {
    sending.catch((error: unknown) => {
      if (!isConnectionLoss(error)) follower.report(error)
    })
  }
  return [
    on('due', follower.due),
    on('send', ({ bytes }) => void call.sendRecord(bytes)),
    on('receiptOut', ({ to, box }) => {
      pass(call.sendReceipt(memberIdSchema.parse(to), box))
    }),
    on('chunkOut', ({ writer, number }) => {
      pass(call.announceChunk(writer, number))
    }),
    on('totals', (totals) => {
      const shown = store.getState().totals
      if (shown === null || totals.interval >= shown.interval) store.patch({ totals })
      store.patch({ timeline: withTotals(store.getState().timeline, [totals]) })
    }),
    on('timeline', ({ totals }) => {
      store.patch({ timeline: withTotals(store.getState().timeline, totals) })
    }),
    on('sent', ({ interval, reading }) => {
      store.patch({ last: { interval, reading } })
      if (reading?.kind === 'check-in') store.patch({ tapped: null })
    }),
    on('entry', follower.follow),
    vault.on('state', follower.vaultChanged),
    vault.on('problem', ({ code, message, classId }) => {
      if (classId === undefined || classId === follower.classId()) {
        store.patch({ problem: { code, message } })
        if (code === 'clock-wrong') follower.clockWrong()
      }
    }),
  ]
}
