/**
 * Who has raised a hand, the first first. A person who leaves takes the hand along and finds it at
 * its old place when coming back soon. It holds accounts and times, and nothing of why.
 */
import type { Clock } from '../../clock.ts'
import { ExpiringMap } from '../../expiring-map.ts'
import { type AccountId, HAND_KEPT_MILLISECONDS } from '../../protocol/index.ts'

export class Hands {
  readonly #clock: Clock
  /** Times of raising, of those who are here. */
  readonly #raised = new Map<AccountId, number>()
  readonly #away: ExpiringMap<AccountId, number>
  /** Counts raisings, since two may fall into the same millisecond. */
  #turn = 0

  constructor(clock: Clock) {
    this.#clock = clock
    this.#away = new ExpiringMap(clock)
  }

  /** In the order in which they were raised. */
  get accountIds(): AccountId[] {
    return [...this.#raised].toSorted(([, a], [, b]) => a - b).map(([accountId]) => accountId)
  }

  /** @returns whether that changed anything */
  raise(accountId: AccountId): boolean {
    if (this.#raised.has(accountId)) return false
    this.#turn += 1
    this.#raised.set(accountId, this.#turn)
    return true
  }

  /** @returns whether that changed anything */
  lower(accountId: AccountId): boolean {
    return this.#raised.delete(accountId)
  }

  /** Lowers every hand, of those too who may come back. @returns whether one was up */
  lowerAll(): boolean {
    const some = this.#raised.size > 0
    this.#raised.clear()
    this.#away.clear()
    return some
  }

  /** The last membership of a person is over. @returns whether a hand went with it */
  left(accountId: AccountId): boolean {
    const turn = this.#raised.get(accountId)
    if (turn === undefined) return false
    this.#raised.delete(accountId)
    this.#away.set(accountId, turn, this.#clock.now() + HAND_KEPT_MILLISECONDS)
    return true
  }

  /** A person came. @returns whether a hand came back */
  came(accountId: AccountId): boolean {
    const turn = this.#away.get(accountId)
    if (turn === undefined) return false
    this.#away.delete(accountId)
    this.#raised.set(accountId, turn)
    return true
  }
}
