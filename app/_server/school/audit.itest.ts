import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordAudit } from '../core/audit.ts'
import { accountId } from '../../_wire/primitives.ts'
import { enter, enterFirst, type Person } from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'

describe('the audit trail', () => {
  let school: TestSchool
  let admin: Person
  beforeAll(async () => {
    school = await openSchool()
    admin = await enterFirst(school)
  })
  afterAll(() => school.close())

  it('shows a person what others did to them, and nobody else’s', async () => {
    const person = await enter(school, { name: 'Ada' })
    const other = await enter(school, { name: 'Alan' })
    const rights = { schoolAdmin: false, mayTeach: true, suspended: false }
    await admin.browser.call('savePerson', { id: person.id }, rights)
    const { events } = await person.browser.call('ownAudit', {}, null)
    expect(events.map(({ kind, actor, detail }) => [kind, actor?.name, detail])).toEqual([
      ['person-changed', 'Grace', rights],
      ['account-created', 'Ada', {}],
    ])
    const others = await other.browser.call('ownAudit', {}, null)
    expect(others.events.map(({ kind }) => kind)).toEqual(['account-created'])
  })

  it('pages without a gap or a repeat', async () => {
    const person = await enter(school)
    const id = accountId.parse(person.id)
    const event = { kind: 'password-changed', actorId: id, subjectId: id } as const
    await recordAudit(
      school.context,
      school.context.db,
      ...Array.from({ length: 120 }, () => event),
    )
    const seen: string[] = []
    let before: string | null = null
    do {
      const query: Record<string, string> = before === null ? {} : { before }
      const page: { events: { id: string }[]; next: string | null } = await person.browser.call(
        'ownAudit',
        {},
        null,
        { query },
      )
      seen.push(...page.events.map((entry) => entry.id))
      before = page.next
    } while (before !== null)
    expect(new Set(seen).size).toBe(121)
    expect(seen.length).toBe(121)
  })

  it('refuses a detail that its kind has no room for', async () => {
    const id = accountId.parse(admin.id)
    const event = { kind: 'role-changed', actorId: id, detail: { role: 'sad' } }
    // @ts-expect-error: the types refuse it too
    await expect(recordAudit(school.context, school.context.db, event)).rejects.toThrow('role')
  })
})
