/** Keeps a note that one helper of a case sealed to its helpers, and to nobody else. */
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { MOST_ENTRIES } from './add-to-case.ts'
import { requireOpenCase } from './case-access.ts'

export async function addNote(call: Call<'addNote', 'account'>) {
  const { context, body, caller, parameters } = call
  await serializable(context.db, async (tx) => {
    const { row } = await requireOpenCase(tx, parameters.id, caller, 'helper')
    const helpers = row.helpers.map(({ accountId }) => accountId).sort()
    const given = body.keys.map(({ accountId }) => accountId as string).sort()
    if (helpers.join() !== given.join()) throw new Refusal('note-keys-wrong')
    if ((await tx.caseNote.count({ where: { caseId: row.id } })) >= MOST_ENTRIES) {
      throw new Refusal('case-full')
    }
    await tx.caseNote.create({
      data: {
        caseId: row.id,
        authorId: caller.account.id,
        box: fromB64u(body.box),
        at: new Date(context.clock.now()),
        keys: {
          create: body.keys.map(({ accountId, key }) => ({ accountId, key: fromB64u(key) })),
        },
      },
    })
  })
  return {}
}
