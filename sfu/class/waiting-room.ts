/**
 * The people at the door of one class: each with a connection that is told when a teacher decides. They
 * are told nothing of the class, its members or its media; teachers are told who waits.
 */
import {
  type AccountId,
  closeCodes,
  MAX_MEMBERSHIPS_OF_ACCOUNT,
  MAX_WAITING,
  type Notification,
  type Role,
  SignalingError,
  type WaitingPerson,
} from '../protocol/index.ts'
import { Redacted } from '../redacted.ts'
import type { MemberConnection } from './member.ts'

interface Waiting {
  name: Redacted<string>
  role: Role
  since: number
  /** One for each device or tab of this person. */
  connections: Set<MemberConnection>
}

export class WaitingRoom {
  readonly #people = new Map<AccountId, Waiting>()
  readonly #onChange: () => void

  /** @param onChange called whenever another list of people waits */
  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  /**
   * Takes in one who knocks.
   *
   * @returns what ends the wait when the connection is gone
   * @throws {SignalingError} `too-many-waiting`, `too-many-devices`
   */
  knock(
    who: { accountId: AccountId; name: string; role: Role; since: number },
    connection: MemberConnection,
  ): () => void {
    const { accountId, role, since } = who
    const known = this.#people.get(accountId)
    if (known === undefined && this.#people.size >= MAX_WAITING) {
      throw new SignalingError('too-many-waiting')
    }
    if ((known?.connections.size ?? 0) >= MAX_MEMBERSHIPS_OF_ACCOUNT) {
      throw new SignalingError('too-many-devices')
    }
    const name = new Redacted(who.name)
    const waiting = known ?? { name, role, since, connections: new Set() }
    Object.assign(waiting, { name, role })
    waiting.connections.add(connection)
    this.#people.set(accountId, waiting)
    this.#onChange()
    return () => {
      this.#leave(accountId, connection)
    }
  }

  /**
   * Lets somebody go from the door, with a word.
   *
   * @returns false where nobody of that account waits
   */
  release(accountId: AccountId, word: 'admitted' | 'declined'): boolean {
    const waiting = this.#people.get(accountId)
    if (waiting === undefined) return false
    this.#people.delete(accountId)
    for (const connection of waiting.connections) {
      connection.notify({ notification: word, data: {} })
      if (word === 'declined') connection.end(closeCodes.membershipEnded)
    }
    this.#onChange()
    return true
  }

  /** Tells everyone who waits; of the class itself nothing but its clock and its end may be told. */
  tell(notification: Extract<Notification, { notification: 'clock' | 'classEnded' }>): void {
    for (const { connections } of this.#people.values()) {
      for (const connection of connections) connection.notify(notification)
    }
  }

  /** Ends every wait, since the class is over. */
  close(): void {
    for (const { connections } of this.#people.values()) {
      for (const connection of connections) connection.end(closeCodes.classEnded)
    }
    this.#people.clear()
  }

  /** In the order in which they came. */
  describe(): WaitingPerson[] {
    return [...this.#people].map(([accountId, { name, role, since }]) => ({
      accountId,
      name: name.reveal(),
      role,
      since,
    }))
  }

  #leave(accountId: AccountId, connection: MemberConnection): void {
    const waiting = this.#people.get(accountId)
    if (waiting?.connections.delete(connection) !== true) return
    if (waiting.connections.size === 0) this.#people.delete(accountId)
    this.#onChange()
  }
}
