/**
 * What readings a class takes. Until a class key is accepted the class follows its course; with the
 * key its interval and its minimum group are fixed, since records number intervals and totals rest on
 * the group. Pure.
 */
import type { z } from 'zod'
import type { readingsPause } from '../../_wire/classes.ts'
import { readingsMode, type CourseSettings, type ReadingsMode } from '../../_wire/settings.ts'
import type { PolicyFields } from '../../_wire/school.ts'

export interface KeyInForce {
  readonly generation: number
  readonly readings: string
  readonly intervalSeconds: number
  readonly minimumGroup: number
}

export interface ReadingsInForce {
  readonly mode: ReadingsMode
  readonly paused: z.infer<typeof readingsPause> | null
  readonly intervalSeconds: number
  readonly minimumGroup: number
}

export interface ReadingsCircumstances {
  readonly settings: CourseSettings
  readonly generationNeeded: boolean
  readonly newestGeneration: number
  readonly policy: Pick<PolicyFields, 'expressionAnalysis' | 'minimumGroupFloor'>
  readonly key: KeyInForce | null
}

export function readingsInForce(circumstances: ReadingsCircumstances): ReadingsInForce {
  const { settings, generationNeeded, newestGeneration, policy, key } = circumstances
  const figures = {
    intervalSeconds: key?.intervalSeconds ?? settings.intervalSeconds,
    minimumGroup: key?.minimumGroup ?? Math.max(settings.minimumGroup, policy.minimumGroupFloor),
  }
  const wanted = key === null ? settings.readings : readingsMode.parse(key.readings)
  const forbidden = wanted === 'expression' && policy.expressionAnalysis === 'off'
  if (settings.readings === 'off' || forbidden) return { ...figures, mode: 'off', paused: null }
  const paused = () => {
    if (generationNeeded) return 'generation-needed'
    if (key === null) return 'no-class-key'
    const changed = key.readings !== settings.readings || key.generation !== newestGeneration
    return changed ? 'settings-changed' : null
  }
  return { ...figures, mode: wanted, paused: paused() }
}
