/** Answers to consent texts, as the person and an audited admin may see them. */
import type { z } from 'zod'
import { consentEntry } from '../../_wire/own-account.ts'
import { toB64u } from '../core/bytes.ts'
import type { Transaction } from '../core/database.ts'

/** All answers of an account, newest first. */
export async function consentsOf(
  tx: Transaction,
  accountId: string,
): Promise<z.output<typeof consentEntry>[]> {
  const rows = await tx.consent.findMany({
    where: { accountId },
    orderBy: { id: 'desc' },
    include: { course: { select: { name: true } } },
  })
  return rows.map((row) =>
    consentEntry.parse({
      courseId: row.courseId,
      courseName: row.course.name,
      decision: row.decision,
      textId: row.textId,
      textHash: toB64u(row.textHash),
      language: row.language,
      givenBy: row.givenBy,
      giverName: row.giverName,
      at: row.at.getTime(),
    }),
  )
}
