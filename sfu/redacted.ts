/**
 * A value that says who somebody is. It prints as nothing, in a log line, an error or an inspection
 * alike; code that truly needs the value asks for it by name.
 */
import { inspect } from 'node:util'

const SHOWN = '[redacted]'

export class Redacted<T extends string> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  /** The value itself: for messages to members, and for look-ups; never for a log. */
  reveal(): T {
    return this.#value
  }

  equals(other: Redacted<T>): boolean {
    return this.#value === other.#value
  }

  toString(): string {
    return SHOWN
  }

  toJSON(): string {
    return SHOWN
  }

  [inspect.custom](): string {
    return SHOWN
  }
}
