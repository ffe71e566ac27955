/** What follows when a person gains or loses a role: grants, sealed keys, and the pause of readings. */
import type { z } from 'zod'
import type { NewGeneration, roleBody } from '../../_wire/courses.ts'
import type { AccountId } from '../../_wire/primitives.ts'
import { fromB64u } from '../core/bytes.ts'
import type { ServerContext } from '../core/context.ts'
import type { Transaction } from '../core/database.ts'
import { Refusal } from '../core/refusal.ts'
import { newestGeneration, takeGeneration } from './generations.ts'
import { holdersOf, settingsOf } from './membership.ts'

/** Ends every grant that a person has in a course. */
export async function endGrants(
  context: ServerContext,
  tx: Transaction,
  courseId: string,
  subjectId: AccountId,
): Promise<void> {
  await tx.grant.updateMany({
    where: { courseId, subjectId, endedAt: null },
    data: { endedAt: new Date(context.clock.now()) },
  })
}

/**
 * After roles have changed: takes the generation that came with the change, or, where someone who
 * holds the newest key is not to hold it any more, lets readings pause until there is one.
 */
export async function settleGeneration(
  context: ServerContext,
  tx: Transaction,
  courseId: string,
  actor: AccountId,
  generation: NewGeneration | undefined,
): Promise<void> {
  const settings = settingsOf(await tx.course.findUniqueOrThrow({ where: { id: courseId } }))
  if (generation !== undefined) {
    await takeGeneration(context, tx, courseId, settings, actor, generation)
    return
  }
  const { number } = await newestGeneration(tx, courseId)
  const boxes = await tx.generationBox.findMany({
    where: { courseId, number },
    select: { accountId: true },
  })
  const holders = await holdersOf(tx, courseId, settings.historyPolicy)
  if (boxes.some((box) => !holders.has(box.accountId))) {
    await tx.course.update({ where: { id: courseId }, data: { generationNeeded: true } })
  }
}

/**
 * Stores the newest key, sealed to a new holder.
 * @throws Refusal `generation-outdated`, `not-permitted` where the person is not to hold it
 */
export async function storeKeyBox(
  tx: Transaction,
  courseId: string,
  accountId: AccountId,
  keyBox: NonNullable<z.output<typeof roleBody>['keyBox']>,
): Promise<void> {
  const settings = settingsOf(await tx.course.findUniqueOrThrow({ where: { id: courseId } }))
  const { number } = await newestGeneration(tx, courseId)
  if (keyBox.generation !== number) throw new Refusal('generation-outdated')
  if (!(await holdersOf(tx, courseId, settings.historyPolicy)).has(accountId)) {
    throw new Refusal('not-permitted')
  }
  const box = fromB64u(keyBox.box)
  await tx.generationBox.upsert({
    where: { courseId_number_accountId: { courseId, number, accountId } },
    create: { courseId, number, accountId, box },
    update: { box },
  })
}
