/**
 * What the vault keeps in IndexedDB: this device's half of the account key, sealed records without a receipt, sealed
 * records taken in but not yet in a chunk, and chunks that web has not accepted yet. Only sealed or encrypted bytes are
 * written here, never a reading and never an unwrapped key.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { VaultError } from './errors.ts'

export interface DeviceSlot {
  readonly accountId: string
  readonly deviceKey: CryptoKey
  readonly iv: Uint8Array
  readonly box: Uint8Array
}

/** A record that this device sent and that has no receipt yet. */
export interface OutboxEntry {
  readonly accountId: string
  readonly classId: string
  /** Hex of the stream id. */
  readonly stream: string
  readonly sequence: number
  readonly interval: number
  /** The 256 sealed bytes, resent unchanged. */
  readonly bytes: Uint8Array
  readonly createdAt: number
}

/** A record that a teacher's vault took in and that no chunk holds yet: the sealed bytes as they came. */
export interface InboxEntry {
  readonly accountId: string
  readonly classId: string
  /** Identity of the record inside. */
  readonly identity: string
  readonly bytes: Uint8Array
}

/** A chunk that was written here and that web has not accepted yet. */
export interface StoredChunk {
  readonly accountId: string
  readonly classId: string
  /** Hex of the writer id. */
  readonly writer: string
  readonly number: number
  /** The request body for web. */
  readonly body: string
  /** Identities of the records inside, for the receipts that follow. */
  readonly identities: readonly string[]
}

/** Something that this account's vault sealed to itself on this device, until web has it too. */
export interface KeptBox {
  readonly accountId: string
  readonly name: string
  readonly box: Uint8Array
}

interface VaultSchema extends DBSchema {
  device: { key: string; value: DeviceSlot }
  outbox: {
    key: [string, string, string, number]
    value: OutboxEntry
  }
  inbox: { key: [string, string, string]; value: InboxEntry }
  chunks: { key: [string, string, string, number]; value: StoredChunk }
  kept: { key: [string, string]; value: KeptBox }
}

const DEVICE = 'this'

/** Everything after a string prefix and before the next one, in a compound key. */
function within(...prefix: readonly string[]): IDBKeyRange {
  return IDBKeyRange.bound(prefix, [...prefix, []])
}

export class VaultStore {
  readonly #db: IDBPDatabase<VaultSchema>

  private constructor(db: IDBPDatabase<VaultSchema>) {
    this.#db = db
  }

  /** @throws VaultError `storage` where the browser allows no database */
  static async open(name = 'attune-vault'): Promise<VaultStore> {
    const db = await guarded(() =>
      openDB<VaultSchema>(name, 2, {
        upgrade(fresh, version) {
          if (version < 1) {
            fresh.createObjectStore('device')
            fresh.createObjectStore('outbox', {
              keyPath: ['accountId', 'classId', 'stream', 'sequence'],
            })
            fresh.createObjectStore('inbox', { keyPath: ['accountId', 'classId', 'identity'] })
            fresh.createObjectStore('chunks', {
              keyPath: ['accountId', 'classId', 'writer', 'number'],
            })
          }
          if (version < 2) fresh.createObjectStore('kept', { keyPath: ['accountId', 'name'] })
        },
      }),
    )
    return new VaultStore(db)
  }

  async putDevice(slot: DeviceSlot): Promise<void> {
    await guarded(() => this.#db.put('device', slot, DEVICE))
  }

  async getDevice(): Promise<DeviceSlot | undefined> {
    return guarded(() => this.#db.get('device', DEVICE))
  }

  async removeDevice(): Promise<void> {
    await guarded(() => this.#db.delete('device', DEVICE))
  }

  async putOutbox(entry: OutboxEntry): Promise<void> {
    await guarded(() => this.#db.put('outbox', entry))
  }

  /** Records without a receipt, oldest first; of one class, or of all. */
  async outbox(accountId: string, classId?: string): Promise<readonly OutboxEntry[]> {
    const range = classId === undefined ? within(accountId) : within(accountId, classId)
    const entries = await guarded(() => this.#db.getAll('outbox', range))
    return entries.sort((a, b) => a.createdAt - b.createdAt || a.sequence - b.sequence)
  }

  async removeOutbox(entries: readonly Omit<OutboxEntry, 'bytes' | 'createdAt' | 'interval'>[]) {
    await guarded(async () => {
      const transaction = this.#db.transaction('outbox', 'readwrite')
      await Promise.all([
        ...entries.map((e) =>
          transaction.store.delete([e.accountId, e.classId, e.stream, e.sequence]),
        ),
        transaction.done,
      ])
    })
  }

  async putInbox(entry: InboxEntry): Promise<void> {
    await guarded(() => this.#db.put('inbox', entry))
  }

  async inbox(accountId: string, classId: string): Promise<readonly InboxEntry[]> {
    return guarded(() => this.#db.getAll('inbox', within(accountId, classId)))
  }

  /** Classes of which records wait here for a chunk. */
  async inboxClasses(accountId: string): Promise<readonly string[]> {
    const keys = await guarded(() => this.#db.getAllKeys('inbox', within(accountId)))
    return [...new Set(keys.map(([, classId]) => classId))]
  }

  async removeInbox(accountId: string, classId: string, identities: readonly string[]) {
    await guarded(async () => {
      const transaction = this.#db.transaction('inbox', 'readwrite')
      await Promise.all([
        ...identities.map((identity) => transaction.store.delete([accountId, classId, identity])),
        transaction.done,
      ])
    })
  }

  /** Writes a chunk and drops its records from the inbox, in one transaction of strict durability. */
  async putChunk(chunk: StoredChunk): Promise<void> {
    await guarded(async () => {
      const names = ['chunks', 'inbox'] as const
      const transaction = this.#db.transaction(names, 'readwrite', { durability: 'strict' })
      const inbox = transaction.objectStore('inbox')
      await Promise.all([
        transaction.objectStore('chunks').put(chunk),
        ...chunk.identities.map((identity) =>
          inbox.delete([chunk.accountId, chunk.classId, identity]),
        ),
        transaction.done,
      ])
    })
  }

  /** Chunks that web has not accepted, in the order of their numbers. */
  async chunks(accountId: string, classId?: string): Promise<readonly StoredChunk[]> {
    const range = classId === undefined ? within(accountId) : within(accountId, classId)
    return guarded(() => this.#db.getAll('chunks', range))
  }

  async removeChunk(chunk: StoredChunk): Promise<void> {
    const key: [string, string, string, number] = [
      chunk.accountId,
      chunk.classId,
      chunk.writer,
      chunk.number,
    ]
    await guarded(() => this.#db.delete('chunks', key))
  }

  async putKept(kept: KeptBox): Promise<void> {
    await guarded(() => this.#db.put('kept', kept))
  }

  async kept(accountId: string, name: string): Promise<Uint8Array | null> {
    return (await guarded(() => this.#db.get('kept', [accountId, name])))?.box ?? null
  }

  async removeKept(accountId: string, name: string): Promise<void> {
    await guarded(() => this.#db.delete('kept', [accountId, name]))
  }

  close(): void {
    this.#db.close()
  }
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    const full = cause instanceof DOMException && cause.name === 'QuotaExceededError'
    throw new VaultError(full ? 'storage-full' : 'storage', { cause })
  }
}
