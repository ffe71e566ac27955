/**
 * Who attended a class, and from when to when: names and times, in memory, gone with the class. Two
 * devices of one person are one presence. It must never hold anything of a reading.
 */
import {
  type AccountId,
  type Attendance as AttendanceOf,
  MAX_REMEMBERED,
  type Role,
} from '../protocol/index.ts'
import type { Redacted } from '../redacted.ts'

/** Spans of one person that are kept apart; later ones lengthen the last. */
const MOST_SPANS = 100

interface Attendee {
  name: Redacted<string>
  role: Role
  /** Memberships that are open now. */
  present: number
  spans: { from: number; to: number | null }[]
}

export interface Presence {
  readonly accountId: Redacted<AccountId>
  readonly name: Redacted<string>
  readonly role: Role
}

export class AttendanceList {
  readonly #attendees = new Map<AccountId, Attendee>()

  /** Whether this person ever was in the class. */
  has(accountId: AccountId): boolean {
    return this.#attendees.has(accountId)
  }

  /** A membership of a person began. */
  came({ accountId, name, role }: Presence, now: number): void {
    const id = accountId.reveal()
    const attendee = this.#attendees.get(id)
    if (attendee === undefined) {
      if (this.#attendees.size >= MAX_REMEMBERED) return
      this.#attendees.set(id, { name, role, present: 1, spans: [{ from: now, to: null }] })
      return
    }
    Object.assign(attendee, { name, role, present: attendee.present + 1 })
    if (attendee.present > 1) return
    const last = attendee.spans.at(-1)
    const full = attendee.spans.length >= MOST_SPANS
    if (last !== undefined && (full || last.to === now)) last.to = null
    else attendee.spans.push({ from: now, to: null })
  }

  /** A membership of a person ended. */
  left({ accountId }: Pick<Presence, 'accountId'>, now: number): void {
    const attendee = this.#attendees.get(accountId.reveal())
    if (attendee === undefined || attendee.present === 0) return
    attendee.present -= 1
    const last = attendee.spans.at(-1)
    if (attendee.present === 0 && last !== undefined) last.to = now
  }

  /** Everyone, in the order in which they first came. */
  describe(): AttendanceOf[] {
    return [...this.#attendees.values()].map(({ name, role, spans }) => ({
      name: name.reveal(),
      role,
      spans: spans.map((span) => ({ ...span })),
    }))
  }
}
