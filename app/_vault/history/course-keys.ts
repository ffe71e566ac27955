/**
 * Who can open a course's history: which generations' keys are held by whom, handing earlier ones over to another
 * teacher before the last holder goes, and starting afresh when nobody holds them any more. Keys are opened and sealed
 * in here; nothing of them reaches a page.
 */
import type { OpenAccount } from '../account.ts'
import { VaultError } from '../errors.ts'
import { forget } from '../keys/password.ts'
import { loadCourse, openGeneration } from '../roster/course-view.ts'
import { renewGeneration, type CourseContext } from '../roster/course-verbs.ts'
import type { RosterGeneration } from '../roster/roster.ts'
import { sodium, toB64u } from '../sodium.ts'
import type { VerbAnswer, VerbArgs } from '../verbs.ts'

export async function courseKeys(
  { http, me }: CourseContext,
  courseId: string,
): Promise<VerbAnswer<'historyKeys'>> {
  const [{ roster }, { generations }] = await Promise.all([
    loadCourse(http, me, courseId),
    http('keyHolders', { id: courseId }, null),
  ])
  const teachers = new Set(roster.teachers().map(({ accountId }) => accountId))
  return {
    generations: generations.map(({ number, createdAt, holders }) => {
      const generation = roster.generation(number)
      return {
        number,
        createdAt,
        mine: generation !== undefined && opens(generation, me),
        holders: holders.filter((accountId) => teachers.has(accountId)),
      }
    }),
  }
}

/**
 * Seals every key that this account holds to another teacher, after the name was confirmed on screen.
 * @throws VaultError `not-allowed` where that person is no teacher, `name-not-confirmed`
 */
export async function handOver(
  { http, me }: CourseContext,
  { courseId, accountId, confirmedName }: VerbArgs<'handOver'>,
): Promise<void> {
  const { roster } = await loadCourse(http, me, courseId)
  const person = roster.person(accountId)
  if (person?.role !== 'teacher') throw new VaultError('not-allowed')
  if (person.name !== confirmedName) throw new VaultError('name-not-confirmed')
  const boxes = roster.generations.flatMap((generation) => {
    if (!opens(generation, me)) return []
    const secret = openGeneration(generation, me)
    const box = toB64u(sodium.crypto_box_seal(secret, person.keys.box))
    forget(secret)
    return [{ generation: generation.number, box }]
  })
  if (boxes.length === 0) throw new VaultError('not-a-holder')
  await http('handOver', { id: courseId }, { accountId, boxes })
}

/**
 * A new key for a course whose newest one nobody at hand can open: its old history stays closed.
 * @throws VaultError `teacher-key-changed` while keys of teachers, the own ones included, wait for confirmation
 */
export async function startAfresh(context: CourseContext, courseId: string): Promise<void> {
  const { keysChanged } = await loadCourse(context.http, context.me, courseId)
  if (keysChanged) throw new VaultError('teacher-key-changed')
  const generation = await renewGeneration(context, courseId)
  await context.http('addGeneration', { id: courseId }, { generation })
}

function opens(generation: RosterGeneration, me: OpenAccount): boolean {
  try {
    forget(openGeneration(generation, me))
    return true
  } catch (error) {
    if (error instanceof VaultError) return false
    throw error
  }
}
