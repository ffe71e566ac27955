/**
 * Finishes classes that have ended: takes in the records that students left with web, and what this device still keeps
 * of them, under the key that the class had, whoever made it and whatever the course's keys are by now. It computes no
 * total, and it leaves a class alone whose key this account does not hold.
 */
import type { HistoryClass } from '../../_wire/history.ts'
import { checkClassKey, openClassKey } from '../class-view.ts'
import { isVaultError, VaultError } from '../errors.ts'
import { courseSecrets, loadCourse } from '../roster/course-view.ts'
import type { Roster } from '../roster/roster.ts'
import { openTeacherSession, type OpenClassDeps } from '../teacher/open-class.ts'
import { ClassClock } from '../timing.ts'
import { listClasses } from './list-classes.ts'

/**
 * Settles the ended classes of a course that have something left.
 * @param except classes that this tab is in
 */
export async function settleCourse(
  deps: OpenClassDeps,
  courseId: string,
  except: ReadonlySet<string>,
): Promise<void> {
  const { http, me, store } = deps
  const { classes } = await listClasses(http, courseId, { ended: true })
  const { accountId } = me.account
  const chunks = await store.chunks(accountId)
  const here = new Set([
    ...chunks.map(({ classId }) => classId),
    ...(await store.inboxClasses(accountId)),
  ])
  const left = classes.filter(({ id, lateRecords, expiredAt }) => {
    return expiredAt === null && !except.has(id) && (lateRecords > 0 || here.has(id))
  })
  if (left.length === 0) return
  const { roster } = await loadCourse(http, me, courseId)
  if (roster.person(accountId)?.role !== 'teacher') return
  for (const row of left) {
    try {
      await settleClass(deps, row, roster)
    } catch (error) {
      // Another holder can do it; what is left stays where it is.
      if (!isVaultError(error, 'not-a-holder')) deps.report(error)
    }
  }
}

async function settleClass(deps: OpenClassDeps, row: HistoryClass, roster: Roster): Promise<void> {
  const { http, me, now } = deps
  const { classKey: offered } = await http('readings', { id: row.id }, null)
  if (!offered) throw new VaultError('class-key-not-vouched')
  const trusted = checkClassKey(offered, row.id, roster, 'ever')
  const session = openTeacherSession(deps, {
    classId: row.id,
    memberId: row.id,
    roster,
    generation: trusted.generation,
    classPublicKey: trusted.publicKey,
    classPrivateKey: openClassKey(offered, trusted, me),
    courseSecret: courseSecrets(roster, me),
    clock: new ClassClock(row.startedAt, row.intervalSeconds, now),
    minimumGroup: row.minimumGroup,
  })
  await session.settle()
}
