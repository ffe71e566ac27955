/**
 * The own readings of one person, opened from the parts that web keeps for them. Only what carries this person's own
 * signature counts; a part that does not open is skipped and named, never guessed.
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
import type { MyReading } from '../verbs.ts'

export interface MyReadingsDeps {
  readonly http: Http
  readonly me: OpenAccount
  readonly report: (error: unknown) => void
}

/** One class as the own parts tell it: one of each record. */
export interface OwnClass {
  readonly courseId: string
  readonly classId: string
  readonly startedAt: number
  readonly bodies: readonly RecordBody[]
}

/** The own classes, of one course or of all. */
export async function ownClasses(
  { http, me, report }: MyReadingsDeps,
  courseId?: string,
): Promise<readonly OwnClass[]> {
  const classes: OwnClass[] = []
  let after: string | null = null
  do {
    const query: Record<string, string> = after === null ? {} : { after }
    const page: OwnParts = await http('ownParts', {}, null, { query })
    for (const cls of page.classes) {
      if (courseId !== undefined && cls.courseId !== courseId) continue
      const records = new Map<string, RecordBody>()
      for (const body of openClass(cls, me, report)) records.set(recordIdentity(body), body)
      const { courseId: course, classId, startedAt } = cls
      classes.push({ courseId: course, classId, startedAt, bodies: [...records.values()] })
    }
    after = page.next
  } while (after !== null)
  return classes
}

/** Own readings, of one course or of all, oldest first within a class. */
export async function myReadings(
  deps: MyReadingsDeps,
  courseId: string | undefined,
): Promise<readonly MyReading[]> {
  const classes = await ownClasses(deps, courseId)
  return classes
    .flatMap((cls) => cls.bodies.map((body) => shown(cls.courseId, body)))
    .sort((a, b) => a.interval - b.interval)
}

type OwnParts = RouteAnswer<'ownParts'>

function openClass(
  cls: OwnParts['classes'][number],
  me: OpenAccount,
  report: (error: unknown) => void,
): RecordBody[] {
  const keys = new Map(cls.contentKeys.map(({ writer, key }) => [writer, key]))
  return cls.parts.flatMap(({ writer, number, part }) => {
    try {
      const sealed = keys.get(writer)
      if (sealed === undefined) throw new VaultError('cannot-open')
      const contentKey = me.keys.openSealed(fromB64u(sealed))
      const place = {
        classId: cls.classId,
        writer: fromB64u(writer, 16),
        number,
        accountId: me.account.accountId,
      }
      const own = (signer: Uint8Array): Uint8Array | undefined => me.keys.signedBy(signer)
      return openPart(place, fromB64u(part), contentKey).map((signed) => verifyRecord(signed, own))
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      report(error)
      return []
    }
  })
}

function shown(courseId: string, body: RecordBody): MyReading {
  const { classId, interval, kind, engagement, probabilities, confidence, quality } = body
  const emotion = isClear(body) ? (EMOTIONS[strongest(probabilities)] ?? null) : null
  return {
    courseId,
    classId,
    interval,
    kind,
    emotion,
    engagement,
    probabilities,
    confidence,
    quality,
  }
}
