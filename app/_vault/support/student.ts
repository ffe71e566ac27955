/**
 * A student's side of notices. Every signed-in vault makes the same rounds: it asks web for the own notices, checks what
 * it finds, and from time to time writes its memory back to web. When it asks, what it asks and how much it sends depend
 * on the clock and on which classes have notices, never on what a notice holds or how it was answered: an answer is kept
 * on this device and goes along with the next writing.
 */
import { NOTICE_PATIENCE_MS, type SupportRule } from '../../_wire/notices.ts'
import type { RouteAnswer } from '../../_wire/routes.ts'
import type { OpenAccount } from '../account.ts'
import { VaultError, isVaultError } from '../errors.ts'
import { fromB64u } from '../format/bytes.ts'
import { decodeNotice, openNotice } from '../format/notice.ts'
import { unverifiedBody, verifyDocument } from '../format/signed.ts'
import type { OwnClass } from '../history/my-readings.ts'
import { isPassing, type Http } from '../http.ts'
import { loadCourse } from '../roster/course-view.ts'
import { SelfBox } from '../roster/pins.ts'
import type { Roster } from '../roster/roster.ts'
import { SerialQueue } from '../serial.ts'
import type { VaultStore } from '../store.ts'
import type { Emit } from '../student/session.ts'
import type { Timers } from '../timing.ts'
import {
  NO_MEMORY,
  classMark,
  memorySchema,
  mergeMemories,
  openFlag,
  padded,
  type SupportMemory,
} from './memory.ts'
import { flagOf } from './rule.ts'
import { ruleReading } from './rule-readings.ts'
import type { SupportState } from './verbs.ts'

/** From one round to the next while a page is open. */
export const ROUND_MS = 120_000
/** Rounds after a class was left, so that whoever stays on the page hears at once. */
const AFTER_CLASS_MS = [3_000, 10_000, 30_000, 60_000] as const
/** The memory is written back this often at most, news or not. */
export const WRITE_MS = 600_000
/** The own vault looks at classes that ended within this time. */
const LOOK_BACK_MS = 30 * 86_400_000
const NAME = 'support'

type OwnNotices = RouteAnswer<'ownNotices'>

/** A class whose notices did not come in time, with what its rule needs. */
interface Unnoticed {
  readonly courseId: string
  readonly rule: SupportRule
  readonly classId: string
  readonly startedAt: number
  readonly endedAt: number
  /** Classes that the course had had by then. */
  readonly had: number
}

export interface StudentSupportDeps {
  readonly http: Http
  readonly store: VaultStore
  readonly emit: Emit
  readonly now: () => number
  readonly timers: Timers
  readonly report: (error: unknown) => void
  readonly require: () => OpenAccount
  /** The own classes of a course, opened from the own parts. */
  readonly ownClasses: () => Promise<readonly OwnClass[]>
}

export class StudentSupport {
  readonly #deps: StudentSupportDeps
  readonly #rounds = new SerialQueue()
  #memory: SupportMemory = NO_MEMORY
  #names = new Map<string, string>()
  #loaded = false
  #writtenAt = -Infinity
  #cancel: () => void = () => undefined
  #running = false
  /** Grows with each end, so that a round which outlives one begins no second row of rounds. */
  #ends = 0

  constructor(deps: StudentSupportDeps) {
    this.#deps = deps
  }

  /** Makes a round now, and further ones as long as the keys are open. */
  start(): void {
    if (this.#running) return
    this.#running = true
    this.#roundSoon(0)
  }

  stop(): void {
    this.#running = false
    this.#ends += 1
    this.#cancel()
    this.#memory = NO_MEMORY
    this.#loaded = false
    this.#writtenAt = -Infinity
  }

  /** A class was left: its notices may come any moment. */
  afterClass(): void {
    for (const ms of AFTER_CLASS_MS) {
      this.#deps.timers.after(ms, () => {
        if (this.#running) this.round().catch(this.#deps.report)
      })
    }
  }

  async state(): Promise<SupportState> {
    await this.#load()
    return this.#shown()
  }

  async answer(flag: string, answer: 'yes' | 'no'): Promise<SupportState> {
    await this.#load()
    const known = this.#memory.flags[flag]
    if (known?.answer === 'open') {
      await this.#keep({
        ...this.#memory,
        flags: { ...this.#memory.flags, [flag]: { ...known, answer } },
      })
    }
    return this.#shown()
  }

  async setOn(on: boolean): Promise<SupportState> {
    await this.#load()
    await this.#keep({ ...this.#memory, on, onAt: this.#deps.now() })
    return this.#shown()
  }

  /** One round. What passes by itself (web away or busy, keys put away meanwhile) is left to the next one. */
  round(): Promise<void> {
    return this.#rounds.run(async () => {
      try {
        await this.#round()
      } catch (error) {
        if (!isPassing(error) && !isVaultError(error, 'vault-locked')) throw error
      }
    })
  }

  #roundSoon(ms: number): void {
    const ends = this.#ends
    this.#cancel = this.#deps.timers.after(ms, () => {
      this.round()
        .catch(this.#deps.report)
        .finally(() => {
          if (ends === this.#ends) this.#roundSoon(ROUND_MS)
        })
    })
  }

  async #round(): Promise<void> {
    const { http, now, require } = this.#deps
    const me = require()
    await this.#load()
    const answer = await http('ownNotices', {}, null)
    this.#requireStill(me)
    this.#names = new Map(answer.courses.map(({ courseId, name }) => [courseId, name]))
    const fresh = answer.notices.filter(
      ({ classId }) => !this.#memory.taken.includes(classMark(classId)),
    )
    const unnoticed = this.#unnoticed(answer)
    if (fresh.length === 0 && unnoticed.length === 0 && now() - this.#writtenAt < WRITE_MS) return
    let memory = await this.#take(fresh, me)
    if (unnoticed.length > 0) memory = await this.#judge(memory, unnoticed)
    const box = new SelfBox(http, me.keys, NAME, memorySchema)
    const merged = await box.update((seen) => padded(mergeMemories(seen ?? NO_MEMORY, memory)))
    this.#requireStill(me)
    this.#writtenAt = now()
    // An answer that was given meanwhile is in this device's memory.
    await this.#keep(mergeMemories(merged, this.#memory))
  }

  async #take(fresh: OwnNotices['notices'], me: OpenAccount): Promise<SupportMemory> {
    const rosters = new Map<string, Roster | null>()
    let memory = this.#memory
    for (const notice of fresh) {
      // Loaded whatever the box holds, once a course.
      if (!rosters.has(notice.courseId)) {
        rosters.set(notice.courseId, await this.#roster(notice.courseId, me))
      }
      const flag = this.#open(notice, rosters.get(notice.courseId) ?? null, me)
      memory = raised(memory, flag, notice.courseId, notice.madeAt)
      memory = { ...memory, taken: [...memory.taken, classMark(notice.classId)] }
    }
    return memory
  }

  async #roster(courseId: string, me: OpenAccount): Promise<Roster | null> {
    try {
      return (await loadCourse(this.#deps.http, me, courseId)).roster
    } catch (error) {
      if (!(error instanceof VaultError) || isPassing(error)) throw error
      // A course that was left, or whose roles do not hold: nothing of it is believed.
      return null
    }
  }

  #open(
    notice: OwnNotices['notices'][number],
    roster: Roster | null,
    me: OpenAccount,
  ): string | null {
    const { courseId, classId, box } = notice
    try {
      const document = openNotice(fromB64u(box), me.keys)
      const claimed = decodeNotice(unverifiedBody(document))
      const signer = roster?.teacherKeys(claimed.signerId, claimed.signerKey)
      if (!signer) throw new VaultError('bad-signature')
      verifyDocument('attune/notice/1', document, signer.sign)
      const meant =
        claimed.courseId === courseId &&
        claimed.classId === classId &&
        claimed.recipientId === me.account.accountId
      if (!meant) throw new VaultError('wrong-class')
      return claimed.flag
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      // It flags nobody. Nothing is said either: whoever damaged it would learn that it was looked at.
      return null
    }
  }

  #unnoticed({ courses, now }: OwnNotices): Unnoticed[] {
    return courses.flatMap(({ courseId, rule, classes }) =>
      classes.flatMap(({ id, startedAt, endedAt, noticedAt }, at) => {
        const late =
          noticedAt === null &&
          endedAt !== null &&
          now - endedAt > NOTICE_PATIENCE_MS &&
          now - endedAt < LOOK_BACK_MS &&
          at + 1 > rule.classesBefore
        if (!late || this.#memory.judged.includes(classMark(id))) return []
        return [{ courseId, rule, classId: id, startedAt, endedAt, had: at + 1 }]
      }),
    )
  }

  /** The same rule, on the own parts alone. */
  async #judge(memory: SupportMemory, unnoticed: readonly Unnoticed[]): Promise<SupportMemory> {
    const own = await this.#deps.ownClasses()
    let judged = memory
    for (const { courseId, rule, classId, startedAt, endedAt, had } of unnoticed) {
      const attended = own
        .filter((one) => one.courseId === courseId && one.startedAt <= startedAt)
        .map((one) => ({ ...one, readings: one.bodies.map(ruleReading) }))
      judged = raised(judged, flagOf(had, attended, rule), courseId, endedAt)
      judged = { ...judged, judged: [...judged.judged, classMark(classId)] }
    }
    return judged
  }

  async #load(): Promise<void> {
    if (this.#loaded) return
    const { store, require } = this.#deps
    const me = require()
    const kept = await store.kept(me.account.accountId, NAME)
    this.#requireStill(me)
    this.#loaded = true
    if (!kept) return
    try {
      const plain = new TextDecoder().decode(me.keys.openFromSelf(kept, `${NAME}-here`, 1))
      this.#memory = mergeMemories(memorySchema.parse(JSON.parse(plain)), this.#memory)
    } catch (error) {
      // After a reset it is a copy under keys that are gone. It is worth nothing, and nobody is accused: web's copy is
      // read with the next writing.
      if (!isVaultError(error, 'cannot-open')) this.#deps.report(error)
    }
  }

  /** @throws VaultError `vault-locked` when nobody is here any more, or somebody else */
  #requireStill(me: OpenAccount): void {
    const here = this.#deps.require().account.accountId
    if (here !== me.account.accountId) throw new VaultError('vault-locked')
  }

  async #keep(memory: SupportMemory): Promise<void> {
    const { account, keys } = this.#deps.require()
    const before = JSON.stringify(this.#shown())
    this.#memory = memory
    const shown = this.#shown()
    if (JSON.stringify(shown) !== before) this.#deps.emit('support', shown)
    const plain = new TextEncoder().encode(JSON.stringify(padded(memory)))
    const box = keys.sealToSelf(plain, `${NAME}-here`, 1)
    await this.#deps.store.putKept({ accountId: account.accountId, name: NAME, box })
  }

  #shown(): SupportState {
    const open = openFlag(this.#memory)
    const message = open && { flag: open.flag, courseName: this.#names.get(open.courseId) ?? '' }
    return { message, messagesOn: this.#memory.on }
  }
}

/** A flag that is known already stays as it was answered: a notice and the own vault speak of one event. */
function raised(
  memory: SupportMemory,
  flag: string | null,
  courseId: string,
  at: number,
): SupportMemory {
  if (flag === null || flag in memory.flags) return memory
  return { ...memory, flags: { ...memory.flags, [flag]: { courseId, at, answer: 'open' } } }
}
