/**
 * Imports people and enrolments from a CSV file. New people get an invitation, since only their own
 * browser can make their keys; for the same reason a course in a row becomes an invitation to it, which
 * the person takes by an own signature. A dry run says the same and writes nothing. Rows with a
 * problem change nothing and hold up no other row.
 */
import type { z } from 'zod'
import type { importAnswer, ImportProblem } from '../../_wire/people.ts'
import { accountId as accountIds, type AccountId } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import { fromB64u, toB64u } from '../core/bytes.ts'
import type { ServerContext } from '../core/context.ts'
import { serializable, type Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { readImport, type ImportRow } from './import-rows.ts'
import { makeInvitation, sendInvitation } from './invitations.ts'

type RowAnswer = z.input<typeof importAnswer>['rows'][number]
interface NewInvitation {
  readonly id: string
  readonly email: string
  readonly token: string
}

export async function importPeople(call: Call<'importPeople', 'school-admin'>) {
  const { context, body, caller } = call
  if (body.send && context.mail === null) throw new Refusal('email-not-configured')
  const rows = readImport(body.csv)
  if (rows === null) throw new Refusal('import-unreadable')
  const done = await serializable(context.db, (tx) =>
    new Import(context, tx, caller.account.id, body.dryRun).run(rows),
  )
  const sending = body.send && !body.dryRun && done.made.length > 0
  // Letters take their time; the list of invitations shows which have gone out.
  if (sending) void sendAll(context, done.made)
  return { rows: done.rows, sending }
}

async function sendAll(context: ServerContext, made: readonly NewInvitation[]): Promise<void> {
  try {
    for (const invitation of made) await sendInvitation(context, invitation)
  } catch (error) {
    context.log.error('invitations-not-sent', error)
  }
}

async function coursesByToken(tx: Transaction, rows: readonly ImportRow[]) {
  const tokens = new Set(rows.flatMap(({ links }) => links.map(({ token }) => token)))
  const found = await tx.course.findMany({
    where: { inviteToken: { in: [...tokens].map(fromB64u) } },
    select: { id: true, name: true, inviteToken: true },
  })
  return new Map(found.map((course) => [toB64u(course.inviteToken), course]))
}

async function accountsByEmail(tx: Transaction, rows: readonly ImportRow[]) {
  const found = await tx.account.findMany({
    where: { email: { in: rows.map(({ email }) => email) } },
    include: { enrolments: { select: { courseId: true, removedAt: true } } },
  })
  return new Map(found.map((account) => [account.email, account]))
}

/** One run over one file, in one transaction. */
class Import {
  readonly #context: ServerContext
  readonly #tx: Transaction
  readonly #actorId: AccountId
  readonly #dryRun: boolean
  readonly #made = new Map<string, NewInvitation>()
  #changed = 0

  constructor(context: ServerContext, tx: Transaction, actorId: AccountId, dryRun: boolean) {
    this.#context = context
    this.#tx = tx
    this.#actorId = actorId
    this.#dryRun = dryRun
  }

  async run(rows: readonly ImportRow[]): Promise<{ rows: RowAnswer[]; made: NewInvitation[] }> {
    const courses = await coursesByToken(this.#tx, rows)
    const accounts = await accountsByEmail(this.#tx, rows)
    const answers: RowAnswer[] = []
    for (const row of rows) answers.push(await this.#row(row, courses, accounts))
    const made = [...this.#made.values()]
    if (!this.#dryRun && (made.length > 0 || this.#changed > 0)) {
      const detail = { invited: made.length, changed: this.#changed }
      const actorId = this.#actorId
      const kind = 'people-imported'
      await recordAudit(this.#context, this.#tx, { kind, actorId, detail })
    }
    return { rows: answers, made }
  }

  async #row(
    row: ImportRow,
    courses: Awaited<ReturnType<typeof coursesByToken>>,
    accounts: Awaited<ReturnType<typeof accountsByEmail>>,
  ): Promise<RowAnswer> {
    const problems: ImportProblem[] = [...row.problems]
    const account = accounts.get(row.email)
    const known = row.links.flatMap(({ token, fingerprint }) => {
      const course = courses.get(token)
      if (course === undefined) problems.push('link-unknown')
      return course === undefined ? [] : [{ ...course, fingerprint }]
    })
    if (account === undefined && row.name === '' && !this.#made.has(row.email)) {
      problems.push('name-missing')
    }
    if (account?.suspendedAt) problems.push('person-suspended')
    const wanted = known.filter(({ id }) => {
      const enrolment = account?.enrolments.find(({ courseId }) => courseId === id)
      if (enrolment?.removedAt) problems.push('removed-from-course')
      return enrolment === undefined
    })
    const { line, name, email } = row
    const answer = { line, name: account?.name ?? name, email, problems, token: null }
    const names = wanted.map((course) => course.name)
    if (problems.length > 0) return { ...answer, outcome: 'refused', courses: names }
    for (const course of wanted) await this.#inviteToCourse(email, course)
    if (account === undefined) {
      const again = this.#made.has(email)
      const token = again ? null : await this.#invite(row)
      return { ...answer, outcome: 'invite', courses: names, token }
    }
    const changes = {
      ...(row.mayTeach === true && !account.mayTeach ? { mayTeach: true } : {}),
      ...(row.ageGroup !== null && row.ageGroup !== account.ageGroup
        ? { ageGroup: row.ageGroup }
        : {}),
    }
    const same = Object.keys(changes).length === 0
    if (!same) await this.#change(account, changes)
    const outcome = same && wanted.length === 0 ? 'same' : 'change'
    return { ...answer, outcome, courses: names }
  }

  async #invite({ email, name, mayTeach, ageGroup }: ImportRow): Promise<string | null> {
    const invited = {
      email,
      name,
      mayTeach: mayTeach ?? false,
      ageGroup: ageGroup ?? ('unknown' as const),
    }
    if (this.#dryRun) {
      this.#made.set(email, { id: '', email, token: '' })
      return null
    }
    const made = await makeInvitation(this.#context, this.#tx, this.#actorId, invited)
    this.#made.set(email, { ...made, email })
    return made.token
  }

  async #inviteToCourse(email: string, course: { id: string; fingerprint: string }): Promise<void> {
    if (this.#dryRun) return
    const data = {
      rootFingerprint: fromB64u(course.fingerprint),
      invitedById: this.#actorId,
      invitedAt: new Date(this.#context.clock.now()),
    }
    await this.#tx.courseInvitation.upsert({
      where: { email_courseId: { email, courseId: course.id } },
      create: { email, courseId: course.id, ...data },
      update: data,
    })
    const actorId = this.#actorId
    const event = { kind: 'course-invited', actorId, courseId: course.id } as const
    await recordAudit(this.#context, this.#tx, event)
  }

  async #change(
    account: { id: string; schoolAdmin: boolean; mayTeach: boolean },
    changes: { mayTeach?: boolean; ageGroup?: NonNullable<ImportRow['ageGroup']> },
  ): Promise<void> {
    this.#changed += 1
    if (this.#dryRun) return
    const { id, schoolAdmin } = account
    await this.#tx.account.update({ where: { id }, data: changes })
    const concerned = { actorId: this.#actorId, subjectId: accountIds.parse(id) }
    if (changes.mayTeach) {
      const detail = { schoolAdmin, mayTeach: true, suspended: false }
      const kind = 'person-changed'
      await recordAudit(this.#context, this.#tx, { kind, ...concerned, detail })
    }
    if (changes.ageGroup) {
      const detail = { ageGroup: changes.ageGroup }
      const kind = 'age-group-set'
      await recordAudit(this.#context, this.#tx, { kind, ...concerned, detail })
    }
  }
}
