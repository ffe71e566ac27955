/**
 * The own readings of one person, opened from the parts that web keeps for them. Only what carries this person's own
 * signature counts; what does not open is counted and named, never guessed and never left out unsaid.
 */
import { EMOTIONS } from '../../_wire/emotions.ts'
import type { RouteAnswer } from '../../_wire/routes.ts'
import type { OpenAccount } from '../account.ts'
import { VaultError } from '../errors.ts'
import { fromB64u } from '../format/bytes.ts'
import { openPart } from '../format/part.ts'
import { recordIdentity, verifyRecord, type RecordBody } from '../format/record.ts'
import type { Http } from '../http.ts'
import { isClear, strongest } from '../teacher/count.ts'
import type { MyReading, OwnCourse } from '../verbs.ts'

export interface MyReadingsDeps {
  readonly http: Http
  readonly me: OpenAccount
}

/** One class as the own parts tell it: one of each record. */
export interface OwnClass {
  readonly courseId: string
  readonly classId: string
  readonly startedAt: number
  readonly bodies: readonly RecordBody[]
}

type WireClass = RouteAnswer<'ownParts'>['classes'][number]

/** The classes that web keeps anything of one's own of, newest first. */
export async function* ownParts(http: Http): AsyncGenerator<WireClass> {
  let after: string | null = null
  do {
    const query: Record<string, string> = after === null ? {} : { after }
    const page: RouteAnswer<'ownParts'> = await http('ownParts', {}, null, { query })
    yield* page.classes
    after = page.next
  } while (after !== null)
}

/** The own classes, of one course or of all. */
export async function ownClasses(
  { http, me }: MyReadingsDeps,
  courseId?: string,
): Promise<readonly OwnClass[]> {
  const classes: OwnClass[] = []
  for await (const cls of ownParts(http)) {
    if (courseId !== undefined && cls.courseId !== courseId) continue
    // Nothing of it was counted so far.
    if (cls.contentKeys.length === 0) continue
    const records = openClass(cls, me).records.map((body) => [recordIdentity(body), body] as const)
    const { courseId: course, classId, startedAt } = cls
    classes.push({ courseId: course, classId, startedAt, bodies: [...new Map(records).values()] })
  }
  return classes
}

/** Own readings, of one course or of all, oldest first; and every course that web keeps pieces of, opened or not. */
export async function myReadings(
  { http, me }: MyReadingsDeps,
  courseId: string | undefined,
): Promise<{
  readings: readonly MyReading[]
  unopened: number
  courses: readonly OwnCourse[]
}> {
  const readings = new Map<string, MyReading>()
  const courses = new Map<string, OwnCourse>()
  let unopened = 0
  for await (const cls of ownParts(http)) {
    if (courseId !== undefined && cls.courseId !== courseId) continue
    const opened = openClass(cls, me)
    unopened += opened.unopened
    const before = readings.size
    for (const body of opened.records) readings.set(recordIdentity(body), shown(cls, body))
    const course = courses.get(cls.courseId)
    courses.set(cls.courseId, {
      courseId: cls.courseId,
      courseName: cls.courseName,
      readings: (course?.readings ?? 0) + readings.size - before,
      closed: (course?.closed ?? 0) + opened.unopened + cls.late,
    })
  }
  return {
    readings: [...readings.values()].sort((a, b) => a.at - b.at),
    unopened,
    courses: [...courses.values()],
  }
}

function openClass(
  cls: WireClass,
  me: OpenAccount,
): { records: readonly RecordBody[]; unopened: number } {
  const keys = new Map(cls.contentKeys.map(({ writer, key }) => [writer, key]))
  const own = (signer: Uint8Array): Uint8Array | undefined => me.keys.signedBy(signer)
  const records: RecordBody[] = []
  let unopened = 0
  const trying = (step: () => void): void => {
    try {
      step()
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      unopened++
    }
  }
  for (const { writer, number, part } of cls.parts) {
    trying(() => {
      const sealed = keys.get(writer)
      if (sealed === undefined) throw new VaultError('key-missing')
      const contentKey = me.keys.openSealed(fromB64u(sealed))
      const { classId } = cls
      const { accountId } = me.account
      const place = { classId, writer: fromB64u(writer, 16), number, accountId }
      for (const signed of openPart(place, fromB64u(part), contentKey)) {
        trying(() => {
          const body = verifyRecord(signed, own)
          if (body.classId !== classId) throw new VaultError('wrong-class')
          records.push(body)
        })
      }
    })
  }
  return { records, unopened }
}

function shown(cls: WireClass, body: RecordBody): MyReading {
  const { interval, kind, engagement, probabilities, confidence, quality } = body
  return {
    courseId: cls.courseId,
    courseName: cls.courseName,
    classId: cls.classId,
    classStartedAt: cls.startedAt,
    at: cls.startedAt + interval * (cls.intervalSeconds ?? 0) * 1000,
    interval,
    kind,
    emotion: isClear(body) ? (EMOTIONS[strongest(probabilities)] ?? null) : null,
    engagement,
    probabilities,
    confidence,
    quality,
  }
}
