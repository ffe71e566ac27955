/**
 * The classes that this tab is in: builds a student's or a teacher's session from what web says and the roster vouches
 * for, hands verbs to it, and ends it. Verbs on a class wait for its entry, so that nothing that arrives early is lost.
 */
import type { ReadingsAnswer } from '../_wire/classes.ts'
import type { ConsentBody } from '../_wire/courses.ts'
import type { OpenAccount } from './account.ts'
import { loadClass, type ClassView } from './class-view.ts'
import { VaultError } from './errors.ts'
import { consentTextHash, encodeConsent } from './format/consent.ts'
import { signDocument } from './format/signed.ts'
import { same, toB64u } from './sodium.ts'
import { StudentSession, type StudentDeps } from './student/session.ts'
import { Withdrawals } from './student/withdrawal.ts'
import { settleCourse } from './history/settle.ts'
import { openTeacherClass, prepareClass } from './teacher/open-class.ts'
import type { TeacherDeps, TeacherSession } from './teacher/session.ts'
import { ClassClock } from './timing.ts'
import type { ClassEntry, ConsentRequest, VerbArgs, VerbAnswer } from './verbs.ts'

export type RoomDeps = Omit<StudentDeps, 'me'> &
  Omit<TeacherDeps, 'me' | 'reloadRoster'> & { readonly require: () => OpenAccount }

interface Presence {
  memberId: string
  view: ClassView
  readonly clock: ClassClock
  student: StudentSession | null
  teacher: TeacherSession | null
  /** Who writes, and whether the record channel is open: what a session that starts later has to know. */
  writer: string | null
  open: boolean
  /** True once its sessions were stopped. */
  ended: boolean
}

const NO_CONSENT: ConsentRequest = { state: 'none', textId: '', by: 'self', age: 0 }

export class ClassRooms {
  readonly #deps: RoomDeps
  readonly #rooms = new Map<string, Promise<Presence>>()
  readonly #withdrawals: Withdrawals

  constructor(deps: RoomDeps) {
    this.#deps = deps
    this.#withdrawals = new Withdrawals(deps)
  }

  /** Classes that this tab is in. */
  entered(): ReadonlySet<string> {
    return new Set(this.#rooms.keys())
  }

  /** Makes the class key where there is none yet; the first teacher's vault wins. */
  async prepare(classId: string): Promise<VerbAnswer<'prepareClass'>> {
    const view = await prepareClass(this.#deps.http, this.#deps.require(), classId)
    return { readings: view.answer.mode, paused: view.paused }
  }

  /** Takes in what students left with web after this course's last classes. */
  async settle(classId: string): Promise<void> {
    const me = this.#deps.require()
    const { courseId, role } = await this.#deps.http('readings', { id: classId }, null)
    if (role === 'teacher') await settleCourse({ ...this.#deps, me }, courseId, this.entered())
  }

  /** Takes in what is left of a course's ended classes, at web or on this device. */
  settleCourse(courseId: string): Promise<void> {
    return settleCourse({ ...this.#deps, me: this.#deps.require() }, courseId, this.entered())
  }

  /** Finishes ended classes that an earlier visit left records of on this device. */
  async settleLeft(): Promise<void> {
    const { accountId } = this.#deps.require().account
    const left = await this.#deps.store.inboxClasses(accountId)
    for (const classId of left) {
      const cls = await this.#deps.http('class', { id: classId }, null)
      if (cls.endedAt !== null && cls.role === 'teacher') await this.settleCourse(cls.courseId)
    }
  }

  /** Enters, or enters anew after settings or keys changed. */
  async enter(args: VerbArgs<'enterClass'>): Promise<ClassEntry> {
    const { classId, role } = args
    if (role === 'guest') {
      const { courseId, intervalSeconds } = await this.#deps.http('class', { id: classId }, null)
      const head = { classId, courseId, role, intervalSeconds }
      return { ...head, keptDays: 0, readings: 'off', consent: NO_CONSENT, paused: null }
    }
    const runs = this.#rooms.has(classId)
    const looking = this.#look(args)
    // What runs goes on while web is asked: nothing of an interval waits for that.
    if (runs) await looking
    const before = this.#rooms.get(classId)
    if (runs && before === undefined) throw new VaultError('class-not-entered')
    const entering = this.#enter(args, looking, before ?? null)
    this.#rooms.set(classId, entering)
    try {
      return entryOf(classId, await entering)
    } catch (error) {
      // What ran before goes on, unless it had to end first.
      const old = await roomOrNull(before ?? null)
      if (this.#rooms.get(classId) === entering) {
        if (before && old && !old.ended) this.#rooms.set(classId, before)
        else this.#rooms.delete(classId)
      }
      throw error
    }
  }

  /** Classes of a course, or all, are entered anew, after keys were confirmed or renewed. */
  async renew(courseId: string | null): Promise<void> {
    for (const [classId, room] of this.#rooms) {
      const { view, memberId, clock } = await room
      if (courseId !== null && view.answer.courseId !== courseId) continue
      const { role } = view.answer
      const entry = await this.enter({ classId, memberId, role, clockOffset: clock.offset })
      this.#deps.emit('entry', entry)
    }
  }

  async answerConsent(args: VerbArgs<'answerConsent'>): Promise<ConsentRequest> {
    const room = await this.#room(args.classId)
    const { answer } = room.view
    const me = this.#deps.require()
    if (answer.role !== 'student') throw new VaultError('not-allowed')
    if (!answer.generation || answer.consentText === null || answer.consentText !== args.textId) {
      throw new VaultError('consent-text-changed')
    }
    const giverName = args.givenBy === 'guardian' ? args.giverName.trim() : ''
    const statedAge = args.givenBy === 'self' ? args.statedAge : 0
    const textHash = consentTextHash(args.text)
    const body = encodeConsent({
      courseId: answer.courseId,
      accountId: me.account.accountId,
      generation: answer.generation.number,
      answer: args.allow ? 'allowed' : 'declined',
      givenBy: args.givenBy,
      giverName,
      statedAge,
      textId: answer.consentText,
      textHash,
      language: args.language,
      signerKey: me.keys.id,
      at: this.#deps.now(),
    })
    const statement: ConsentBody = {
      decision: args.allow ? 'granted' : 'withdrawn',
      textId: answer.consentText,
      textHash: toB64u(textHash),
      language: args.language,
      givenBy: args.givenBy,
      giverName,
      statedAge,
      signed: toB64u(signDocument('attune/consent/1', body, me.keys.signKey)),
    }
    const { courseId } = answer
    if (args.allow) {
      await this.#withdrawals.forget(courseId)
      await this.#deps.http('giveConsent', { id: courseId }, statement)
      setConsent(room, true)
    } else {
      // It holds from this moment, whether or not web hears of it at once.
      setConsent(room, false)
      this.#deps.emit('entry', entryOf(args.classId, room))
      await this.#withdrawals.say(courseId, statement)
    }
    return room.view.consent
  }

  async syncClock({ classId, clockOffset }: VerbArgs<'syncClock'>): Promise<void> {
    const { clock, student, teacher } = await this.#room(classId)
    clock.sync(clockOffset)
    student?.syncClock(clockOffset)
    teacher?.syncClock(clockOffset)
  }

  async setWriter({ classId, memberId }: VerbArgs<'setWriter'>): Promise<void> {
    const room = await this.#room(classId)
    room.writer = memberId
    await room.student?.setWriter(memberId)
    room.teacher?.setWriter(memberId)
  }

  async channelState({ classId, open }: VerbArgs<'channelState'>): Promise<void> {
    const room = await this.#room(classId)
    room.open = open
    await room.student?.channelState(open)
  }

  /** The student's session, or null while readings pause or are off. @throws VaultError `class-not-entered` */
  async student(classId: string): Promise<StudentSession | null> {
    return (await this.#room(classId)).student
  }

  async teacher(classId: string): Promise<TeacherSession | null> {
    return (await this.#room(classId)).teacher
  }

  /** Leaves; answers which course it was of, and who this person was there. */
  async leave(classId: string): Promise<Pick<ReadingsAnswer, 'courseId' | 'role'> | null> {
    const entering = this.#rooms.get(classId)
    if (!entering) return null
    this.#rooms.delete(classId)
    const room = await entering
    await stop(room)
    return room.view.answer
  }

  async leaveAll(): Promise<void> {
    await Promise.allSettled([...this.#rooms.keys()].map((classId) => this.leave(classId)))
  }

  #room(classId: string): Promise<Presence> {
    const room = this.#rooms.get(classId)
    if (!room) throw new VaultError('class-not-entered')
    return room
  }

  async #enter(
    args: VerbArgs<'enterClass'>,
    looking: Promise<ClassView>,
    before: Promise<Presence> | null,
  ): Promise<Presence> {
    const [old, view] = await Promise.all([roomOrNull(before), looking])
    const me = this.#deps.require()
    if (old && goesOn(old, view, args.memberId)) {
      old.view = view
      old.clock.sync(args.clockOffset)
      old.student?.syncClock(args.clockOffset)
      old.student?.setAllowed(view.consent.state === 'allowed')
      if (view.roster) {
        old.student?.setRoster(view.roster)
        old.teacher?.setRoster(view.roster)
      }
      if (old.memberId !== args.memberId) await beginAnew(old, args.memberId)
      return old
    }
    if (old) await stop(old)
    const { startedAt, intervalSeconds } = view.answer
    const clock = new ClassClock(startedAt, intervalSeconds, this.#deps.now)
    clock.sync(args.clockOffset)
    const room: Presence = {
      memberId: args.memberId,
      view,
      clock,
      student: null,
      teacher: null,
      writer: old?.memberId === args.memberId ? old.writer : null,
      open: old?.memberId === args.memberId && old.open,
      ended: false,
    }
    if (view.answer.role === 'student') room.student = this.#startStudent(args.classId, view, clock)
    await room.student?.setWriter(room.writer)
    if (room.open) await room.student?.channelState(true)
    if (view.answer.role === 'teacher') {
      const teacher = openTeacherClass({ ...this.#deps, me }, args, view, clock)
      await teacher?.start()
      room.teacher = teacher
      teacher?.setWriter(room.writer)
    }
    return room
  }

  /** The class as web and the roster have it, and this student's own last word. */
  async #look(args: VerbArgs<'enterClass'>): Promise<ClassView> {
    const { http } = this.#deps
    const me = this.#deps.require()
    if (args.role === 'teacher') return prepareClass(http, me, args.classId)
    const view = await loadClass(http, me, args.classId)
    const { courseId, role } = view.answer
    if (role !== 'student' || !(await this.#withdrawals.stands(courseId))) return view
    return { ...view, consent: { ...view.consent, state: 'declined' } }
  }

  #startStudent(classId: string, view: ClassView, clock: ClassClock): StudentSession | null {
    const { classKey, roster, paused, answer } = view
    if (!classKey || !roster || paused || answer.mode === 'off') return null
    const cls = { classId, mode: answer.mode, classPublicKey: classKey.publicKey, roster, clock }
    const allowed = view.consent.state === 'allowed'
    const session = new StudentSession({ ...this.#deps, me: this.#deps.require() }, cls, allowed)
    session.start()
    return session
  }
}

/** An entry that failed was told to whoever asked for it, and leaves no room. */
async function roomOrNull(entering: Promise<Presence> | null): Promise<Presence | null> {
  const [outcome] = await Promise.allSettled([entering])
  return outcome.status === 'fulfilled' ? outcome.value : null
}

/**
 * True when a session may simply go on under the new view. A student's goes on in another membership too: its records
 * say nothing of one, and a new session would leave an interval out, or send two.
 */
function goesOn(old: Presence, view: ClassView, memberId: string): boolean {
  const before = old.view.answer
  const { mode, role, intervalSeconds } = view.answer
  const oldKey = old.view.classKey?.publicKey
  const newKey = view.classKey?.publicKey
  const sameKey = oldKey && newKey ? same(oldKey, newKey) : oldKey === newKey
  return (
    sameKey &&
    (old.memberId === memberId || role === 'student') &&
    old.view.paused === view.paused &&
    before.mode === mode &&
    before.role === role &&
    before.intervalSeconds === intervalSeconds
  )
}

/** Another membership of the same student: who writes and whether records can go are yet to be heard. */
async function beginAnew(room: Presence, memberId: string): Promise<void> {
  room.memberId = memberId
  room.writer = null
  room.open = false
  await room.student?.channelState(false)
  await room.student?.setWriter(null)
}

function setConsent(room: Presence, allowed: boolean): void {
  room.student?.setAllowed(allowed)
  const state = allowed ? 'allowed' : 'declined'
  room.view = { ...room.view, consent: { ...room.view.consent, state } }
}

async function stop(room: Presence): Promise<void> {
  room.ended = true
  await room.student?.stop()
  await room.teacher?.stop()
}

function entryOf(classId: string, { view }: Presence): ClassEntry {
  const { courseId, role, mode, intervalSeconds, keptDays } = view.answer
  const { consent, paused } = view
  return { classId, courseId, role, readings: mode, intervalSeconds, keptDays, consent, paused }
}
