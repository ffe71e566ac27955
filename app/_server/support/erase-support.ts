/** What an erased account leaves behind in support: nothing. Cases of others lose it as a helper. */
import type { AccountId } from '../../_wire/primitives.ts'
import type { Transaction } from '../core/database.ts'

export async function eraseFromSupport(tx: Transaction, accountId: AccountId): Promise<void> {
  await tx.notice.deleteMany({ where: { accountId } })
  await tx.supportCase.deleteMany({ where: { studentId: accountId } })
  await tx.supportCase.updateMany({
    where: { suggestedId: accountId },
    data: { suggestedId: null },
  })
  await tx.caseNoteKey.deleteMany({ where: { accountId } })
  await tx.caseHelper.deleteMany({ where: { accountId } })
  await tx.trustedStaff.deleteMany({ where: { accountId } })
}
