/**
 * Hands out a case to one of its people. A helper's opening is recorded in the same transaction, so that the
 * student sees every one; the first opening makes a new case a seen one.
 */
import { accountId as accountIds } from '../../_wire/primitives.ts'
import { KEY_CHANGES, keyChangesOf } from '../accounts/key-changes.ts'
import { recordAudit } from '../core/audit.ts'
import { toB64u } from '../core/bytes.ts'
import { serializable, type Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { headsOf, requireCase, type CaseRow } from './case-access.ts'
import { publicKeysOf } from './offers.ts'
import { tellByMail } from './tell.ts'

export async function readCase(call: Call<'case', 'account'>) {
  const { context, caller, parameters } = call
  const me = caller.account.id
  const { answer, firstSeen } = await serializable(context.db, async (tx) => {
    let firstSeen: string | null = null
    const { row, role } = await requireCase(tx, parameters.id, caller)
    const holds = row.state !== 'withdrawn'
    let state = row.state
    if (role === 'helper' && holds) {
      const event = { actorId: me, subjectId: accountIds.parse(row.studentId) }
      await recordAudit(context, tx, { kind: 'case-opened', ...event })
      await tx.caseOpening.create({
        data: { caseId: row.id, byId: me, at: new Date(context.clock.now()) },
      })
      if (state === 'new') {
        state = 'seen'
        firstSeen = row.studentId
        await tx.supportCase.update({
          where: { id: row.id },
          data: { state, changedAt: new Date(context.clock.now()) },
        })
        const detail = { state: 'seen' as const }
        await recordAudit(context, tx, { kind: 'case-state-changed', ...event, detail })
      }
    }
    const [head] = await headsOf(tx, [{ ...row, state }])
    if (!head) throw new TypeError('a case without its outside')
    const helperKey = row.helpers.find(({ accountId }) => accountId === me)?.key ?? null
    const key = role === 'student' ? row.studentKey : helperKey
    const answer = {
      ...head,
      role,
      key: key === null ? null : toB64u(key),
      people: await peopleOf(tx, row),
      entries: await entriesOf(tx, row.id),
      notes: role === 'helper' ? await notesOf(tx, row.id, me) : [],
      openings: await openingsOf(tx, row),
    }
    return { answer, firstSeen }
  })
  if (firstSeen !== null) await tellByMail(context, [firstSeen])
  return answer
}

async function peopleOf(tx: Transaction, row: CaseRow) {
  const shares = new Map(row.helpers.map(({ accountId, share }) => [accountId, share]))
  const people = await tx.account.findMany({
    where: { id: { in: [row.studentId, ...shares.keys()] } },
    select: {
      id: true,
      name: true,
      boxPublicKey: true,
      signPublicKey: true,
      keyChanges: KEY_CHANGES,
    },
    orderBy: { id: 'asc' },
  })
  return people.map((person) => {
    const share = shares.get(person.id)
    return {
      id: person.id,
      name: person.name,
      publicKeys: publicKeysOf(person),
      keyChanges: keyChangesOf(person.keyChanges),
      share: share === undefined ? null : toB64u(share),
    }
  })
}

async function entriesOf(tx: Transaction, caseId: string) {
  const rows = await tx.caseEntry.findMany({ where: { caseId }, orderBy: { id: 'asc' } })
  return rows.map(({ id, authorId, kind, box, at }) => ({
    id: String(id),
    authorId,
    kind: kind === 'attachment' ? ('attachment' as const) : ('message' as const),
    box: toB64u(box),
    at: at.getTime(),
  }))
}

async function notesOf(tx: Transaction, caseId: string, me: string) {
  const rows = await tx.caseNote.findMany({
    where: { caseId },
    include: { keys: { where: { accountId: me } } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, authorId, box, keys, at }) => ({
    id: String(id),
    authorId,
    box: toB64u(box),
    key: keys[0] ? toB64u(keys[0].key) : null,
    at: at.getTime(),
  }))
}

async function openingsOf(tx: Transaction, row: CaseRow) {
  const rows = await tx.caseOpening.findMany({ where: { caseId: row.id }, orderBy: { id: 'asc' } })
  const names = new Map(row.helpers.map(({ account }) => [account.id, account]))
  return rows.map(({ byId, at }) => ({ by: names.get(byId) ?? null, at: at.getTime() }))
}
