/**
 * Age groups of people, as coarse as the law needs them: nobody's birthday is kept. Where the school
 * asks for a guardian's consent below an age, a group counts as below it when its youngest would be.
 */
import * as z from 'zod'

export const ageGroup = z.enum(['unknown', 'under-13', '13-15', '16-17', 'adult'])
export type AgeGroup = z.infer<typeof ageGroup>

/** Youngest of each group. */
const FROM: Readonly<Record<Exclude<AgeGroup, 'unknown'>, number>> = {
  'under-13': 0,
  '13-15': 13,
  '16-17': 16,
  adult: 18,
}

/**
 * Who answers the consent for someone of this group.
 * @param guardianAge the school's age below which a guardian answers; 0: never
 * @returns `either` where the school asks for guardians and does not know this person's age group: the person then states
 *   with the consent to have reached the age, or a guardian answers
 */
export function whoConsents(group: AgeGroup, guardianAge: number): 'self' | 'guardian' | 'either' {
  if (guardianAge === 0) return 'self'
  if (group === 'unknown') return 'either'
  return FROM[group] < guardianAge ? 'guardian' : 'self'
}
