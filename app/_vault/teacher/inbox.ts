/**
 * The records of one class that this device keeps until a chunk holds them, so that a reload in the middle of an
 * interval loses none. It keeps them sealed, as they came, and must never keep one longer than its chunk needs.
 */
import type { OpenAccount } from '../account.ts'
import { VaultError } from '../errors.ts'
import type { VaultStore } from '../store.ts'
import type { Ledger } from './ledger.ts'

export interface InboxDeps {
  readonly store: VaultStore
  readonly me: OpenAccount
  readonly report: (error: unknown) => void
}

export class Inbox {
  readonly #deps: InboxDeps
  readonly #classId: string
  readonly #ledger: Ledger

  constructor(deps: InboxDeps, classId: string, ledger: Ledger) {
    this.#deps = deps
    this.#classId = classId
    this.#ledger = ledger
  }

  /** Hands the ledger what is kept, and drops what is stored by now. */
  async load(): Promise<void> {
    const { store, me, report } = this.#deps
    for (const { bytes } of await store.inbox(me.account.accountId, this.#classId)) {
      try {
        this.#ledger.take(bytes, Number.MAX_SAFE_INTEGER, null)
      } catch (error) {
        if (!(error instanceof VaultError)) throw error
        report(error)
      }
    }
    await this.tidy()
  }

  async keep(bytes: Uint8Array, identity: string): Promise<void> {
    const { store, me, report } = this.#deps
    const { accountId } = me.account
    try {
      await store.putInbox({ accountId, classId: this.#classId, identity, bytes })
    } catch (error) {
      // The record is in memory and the student still has it: only a reload would have to ask again.
      report(error)
    }
  }

  /** Drops from this device what is in a stored chunk, whoever wrote it. */
  async tidy(): Promise<void> {
    const { store, me } = this.#deps
    const { accountId } = me.account
    const kept = await store.inbox(accountId, this.#classId)
    const done = kept.filter(({ identity }) => this.#ledger.entry(identity)?.state === 'stored')
    const identities = done.map(({ identity }) => identity)
    await store.removeInbox(accountId, this.#classId, identities)
  }
}
