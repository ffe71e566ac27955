/**
 * The settings form's values while they are being typed, and their check against the limits that the
 * server holds too. It must never round or clamp what a person typed: it says what is wrong instead.
 */
import {
  courseSettings,
  intervalSeconds,
  minimumGroup,
  type CourseSettings,
} from '../../../_wire/settings.ts'

/** Numbers stay text until they are checked. */
export interface SettingsDraft extends Omit<
  CourseSettings,
  'intervalSeconds' | 'minimumGroup' | 'retentionDays'
> {
  intervalSeconds: string
  minimumGroup: string
  retentionDays: string
}

/** Fields whose value cannot be saved. */
export type DraftErrors = Partial<
  Record<'intervalSeconds' | 'minimumGroup' | 'retentionDays', true>
>

/** The form's first values. */
export function draftOf(settings: CourseSettings): SettingsDraft {
  return {
    ...settings,
    intervalSeconds: String(settings.intervalSeconds),
    minimumGroup: String(settings.minimumGroup),
    retentionDays: String(settings.retentionDays),
  }
}

/** The number that a person typed; NaN for anything but digits. */
function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN
}

/**
 * Checks a draft.
 * @param floor the school's least minimum group
 */
export function checkDraft(
  draft: SettingsDraft,
  floor: number,
): { settings: CourseSettings; errors?: never } | { settings?: never; errors: DraftErrors } {
  const interval = wholeNumber(draft.intervalSeconds)
  const group = wholeNumber(draft.minimumGroup)
  const days = wholeNumber(draft.retentionDays)
  const errors: DraftErrors = {}
  if (!intervalSeconds.safeParse(interval).success) errors.intervalSeconds = true
  if (!minimumGroup.safeParse(group).success || group < floor) errors.minimumGroup = true
  if (!courseSettings.shape.retentionDays.safeParse(days).success) errors.retentionDays = true
  if (Object.keys(errors).length > 0) return { errors }
  return {
    settings: { ...draft, intervalSeconds: interval, minimumGroup: group, retentionDays: days },
  }
}
