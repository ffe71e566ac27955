/**
 * Generations of the course key: web keeps their order, their binding to a consent text and a policy,
 * and hands each sealed box to its holder alone. It cannot open one.
 */
import type { z } from 'zod'
import { consentTextFor, consentTextId } from '../../_wire/consent.ts'
import type { generationAnswer, NewGeneration } from '../../_wire/courses.ts'
import type { AccountId } from '../../_wire/primitives.ts'
import { historyPolicy, type CourseSettings } from '../../_wire/settings.ts'
import { recordAudit } from '../core/audit.ts'
import { fromB64u, toB64u } from '../core/bytes.ts'
import type { ServerContext } from '../core/context.ts'
import type { Transaction } from '../core/database.ts'
import { Refusal } from '../core/refusal.ts'
import { holdersOf } from './membership.ts'

/** The newest generation of a course. */
export async function newestGeneration(tx: Transaction, courseId: string) {
  return tx.generation.findFirstOrThrow({ where: { courseId }, orderBy: { number: 'desc' } })
}

/** True when these settings ask people for something else than the generation's consent text. */
export function needsNewGeneration(
  settings: CourseSettings,
  newest: { readonly consentText: string; readonly historyPolicy: string },
): boolean {
  if (settings.historyPolicy !== newest.historyPolicy) return true
  const text = consentTextFor(settings)
  return text !== null && text !== newest.consentText
}

/**
 * Takes in a generation made by `signer`, who is a teacher of the course. Roles and settings of the
 * course are to be as they will be with it.
 * @throws Refusal `generation-outdated` where number, policy, text or holders are not those of now
 */
export async function takeGeneration(
  context: ServerContext,
  tx: Transaction,
  courseId: string,
  settings: CourseSettings,
  signer: AccountId,
  generation: NewGeneration,
): Promise<void> {
  const newest = await tx.generation.findFirst({
    where: { courseId },
    orderBy: { number: 'desc' },
  })
  const holders = await holdersOf(tx, courseId, settings.historyPolicy)
  const addressed = generation.boxes.map((box) => box.accountId)
  const fits =
    generation.number === (newest?.number ?? 0) + 1 &&
    !needsNewGeneration(settings, generation) &&
    new Set(addressed).size === addressed.length &&
    addressed.includes(signer) &&
    addressed.every((holder) => holders.has(holder))
  if (!fits) throw new Refusal('generation-outdated')
  await tx.generation.create({
    data: {
      courseId,
      number: generation.number,
      publicKey: fromB64u(generation.publicKey),
      consentText: generation.consentText,
      historyPolicy: generation.historyPolicy,
      signed: fromB64u(generation.signed),
      signerId: signer,
      createdAt: new Date(context.clock.now()),
      boxes: {
        create: generation.boxes.map(({ accountId, box }) => ({ accountId, box: fromB64u(box) })),
      },
    },
  })
  await tx.course.update({ where: { id: courseId }, data: { generationNeeded: false } })
  await recordAudit(context, tx, { kind: 'generation-added', actorId: signer, courseId })
}

interface GenerationRow {
  readonly number: number
  readonly publicKey: Uint8Array
  readonly consentText: string
  readonly historyPolicy: string
  readonly signed: Uint8Array
  readonly signerId: string
  readonly createdAt: Date
  /** Only boxes of the caller may be loaded. */
  readonly boxes: readonly { readonly box: Uint8Array }[]
}

export function toGenerationAnswer(row: GenerationRow): z.input<typeof generationAnswer> {
  const box = row.boxes[0]
  return {
    number: row.number,
    publicKey: toB64u(row.publicKey),
    consentText: consentTextId.parse(row.consentText),
    historyPolicy: historyPolicy.parse(row.historyPolicy),
    signed: toB64u(row.signed),
    signerId: row.signerId,
    createdAt: row.createdAt.getTime(),
    box: box === undefined ? null : toB64u(box.box),
  }
}
