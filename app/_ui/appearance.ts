/**
 * Light, dark, or as the device has it: kept in a cookie, so that the first paint is already right
 * without a script. It must never hold anything else.
 */

export const APPEARANCES = ['system', 'light', 'dark'] as const
export type Appearance = (typeof APPEARANCES)[number]

export const APPEARANCE_COOKIE = 'attune-appearance'

const YEAR_SECONDS = 365 * 24 * 3600

/** The appearance that a cookie's value or a menu's choice names; anything else is the device's own. */
export function parseAppearance(value: string | undefined): Appearance {
  return APPEARANCES.find((appearance) => appearance === value) ?? 'system'
}

/** Applies an appearance to this document and keeps it for a year. */
export function applyAppearance(appearance: Appearance, document: Document): void {
  document.cookie = `${APPEARANCE_COOKIE}=${appearance}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
  if (appearance === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = appearance
}

/** The appearance that this document shows now. */
export function currentAppearance(document: Document): Appearance {
  return parseAppearance(document.documentElement.dataset['theme'])
}
