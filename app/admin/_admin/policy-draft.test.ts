import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COUNTRIES, EU_EEA_COUNTRIES } from '../../_wire/countries.ts'
import { policyBody } from '../../_wire/school.ts'
import { checkPolicy, draftOf, type PolicyDraft } from './policy-draft.ts'

const off: PolicyDraft = draftOf({
  expressionAnalysis: 'off',
  country: null,
  reason: '',
  openSignUp: true,
  minimumGroupFloor: 2,
  guardianAge: 0,
})

describe('checkPolicy', () => {
  it('saves a policy with analysis off without asking for anything', () => {
    expect(checkPolicy(off).body?.expressionAnalysis).toBe('off')
  })

  it('asks for the country and the confirmation before analysis goes on', () => {
    expect(checkPolicy({ ...off, expressionAnalysis: true }).errors).toEqual({
      country: true,
      lawfulConfirmed: true,
    })
  })

  it.each(EU_EEA_COUNTRIES)('asks for a written reason in %s', (country) => {
    const draft = { ...off, expressionAnalysis: true, lawfulConfirmed: true, country }
    expect(checkPolicy({ ...draft, reason: '  ' }).errors).toEqual({ reason: true })
    expect(checkPolicy({ ...draft, reason: 'Ward school' }).body?.reason).toBe('Ward school')
  })

  it('takes an age of own consent up to 25 years, and names any other', () => {
    expect(checkPolicy({ ...off, guardianAge: '16' }).body?.guardianAge).toBe(16)
    for (const guardianAge of ['', '26', '-1', '16.5']) {
      expect(checkPolicy({ ...off, guardianAge }).errors).toEqual({ guardianAge: true })
    }
  })

  it('keeps no reason where none is asked for', () => {
    const draft = { ...off, expressionAnalysis: true, lawfulConfirmed: true, country: 'US' }
    expect(checkPolicy({ ...draft, reason: 'left over' }).body?.reason).toBe('')
  })

  it('never lets through what the server would not understand', () => {
    const draft = fc.record({
      expressionAnalysis: fc.boolean(),
      country: fc.constantFrom('', ...COUNTRIES),
      lawfulConfirmed: fc.boolean(),
      reason: fc.string({ maxLength: 50 }),
      openSignUp: fc.boolean(),
      minimumGroupFloor: fc.oneof(fc.string(), fc.integer().map(String)),
      guardianAge: fc.oneof(fc.string(), fc.integer({ min: -5, max: 40 }).map(String)),
    })
    fc.assert(
      fc.property(draft, (value) => {
        const { body } = checkPolicy(value)
        if (body !== undefined) expect(policyBody.safeParse(body).success).toBe(true)
      }),
    )
  })
})
