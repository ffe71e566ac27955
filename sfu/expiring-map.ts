/**
 * A map whose entries are forgotten at a set time, so that what is kept against replay stays small
 * without a timer of its own.
 */
import type { Clock } from './clock.ts'

export class ExpiringMap<K, V> {
  readonly #clock: Clock
  readonly #entries = new Map<K, { value: V; expiresAt: number }>()
  #sweptAt = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key)
    return entry !== undefined && entry.expiresAt > this.#clock.now() ? entry.value : undefined
  }

  /** @param expiresAt milliseconds since 1970 */
  set(key: K, value: V, expiresAt: number): void {
    this.#sweep()
    this.#entries.set(key, { value, expiresAt })
  }

  delete(key: K): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }

  values(): V[] {
    const now = this.#clock.now()
    return [...this.#entries.values()]
      .filter(({ expiresAt }) => expiresAt > now)
      .map(({ value }) => value)
  }

  #sweep(): void {
    const now = this.#clock.now()
    if (now - this.#sweptAt < 1_000) return
    this.#sweptAt = now
    for (const [key, { expiresAt }] of this.#entries) {
      if (expiresAt <= now) this.#entries.delete(key)
    }
  }
}
