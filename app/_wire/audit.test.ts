import { describe, expect, it } from 'vitest'
import audit from '../_messages/en/audit.json' with { type: 'json' }
import { whoConsents } from './age.ts'
import { AUDIT_KINDS, auditDetails } from './audit.ts'

describe('the audit trail', () => {
  it('has a name for every kind, and no name without a kind', () => {
    expect(Object.keys(audit.kinds).sort()).toEqual([...AUDIT_KINDS].sort())
  })

  it.each(AUDIT_KINDS)('%s has no room for what is not in its detail', (kind) => {
    const schema = auditDetails[kind]
    expect(schema.safeParse({ reading: 'sad' }).success).toBe(false)
    const { success } = schema.safeParse({ ...example(kind), text: 'x' })
    expect(success).toBe(false)
  })
})

/** Every key that the kind's detail has, with any word. */
function example(kind: (typeof AUDIT_KINDS)[number]): Record<string, string> {
  return Object.fromEntries(Object.keys(auditDetails[kind].shape).map((key) => [key, 'x']))
}

describe('whoConsents', () => {
  it('asks a guardian for a group whose youngest is below the school’s age', () => {
    expect(whoConsents('under-13', 13)).toBe('guardian')
    expect(whoConsents('13-15', 13)).toBe('self')
    expect(whoConsents('13-15', 14)).toBe('guardian')
    expect(whoConsents('16-17', 16)).toBe('self')
    expect(whoConsents('adult', 18)).toBe('self')
  })

  it('leaves it open where the group is unknown, unless no guardian is ever asked', () => {
    expect(whoConsents('unknown', 16)).toBe('either')
    expect(whoConsents('unknown', 0)).toBe('self')
    expect(whoConsents('under-13', 0)).toBe('self')
  })
})
