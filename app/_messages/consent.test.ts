import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CONSENT_TEXT_IDS } from '../_wire/consent.ts'
import { consentStringOf, consentTextOf } from './consent.ts'

describe('consent texts', () => {
  it.each(CONSENT_TEXT_IDS)(
    '%s says how to answer and that declining changes nothing else',
    (id) => {
      const { title, paragraphs } = consentTextOf('en', id)
      expect(title).not.toBe('')
      expect(paragraphs.join(' ')).toContain(
        'If you attend without it, nothing else changes for you',
      )
      expect(paragraphs.join(' ')).toContain('You can change your answer at any time')
    },
  )

  it.each(CONSENT_TEXT_IDS)('%s has a wording of its own', (id) => {
    const others = CONSENT_TEXT_IDS.filter((other) => other !== id)
    for (const other of others)
      expect(consentStringOf('en', id)).not.toBe(consentStringOf('en', other))
  })

  it('full-history texts name who can open single records', () => {
    for (const id of CONSENT_TEXT_IDS) {
      const opens = consentStringOf('en', id).includes(
        'the admins of the course can open single records',
      )
      expect(opens).toBe(id.includes('full-history'))
    }
  })

  it('changes its string only together with its id', () => {
    const hashes = CONSENT_TEXT_IDS.map(
      (id) =>
        `${id} ${createHash('sha256').update(consentStringOf('en', id)).digest('hex').slice(0, 16)}`,
    )
    expect(hashes).toMatchInlineSnapshot(`
      [
        "check-ins/1 efbce0c88bec7b05",
        "expression/1 0302489fa3294060",
        "check-ins-full-history/1 f3e5be5ed60960de",
        "expression-full-history/1 7377d95d7d354c09",
      ]
    `)
  })
})
