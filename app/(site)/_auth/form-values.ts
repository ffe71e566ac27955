/**
 * Reads what a person typed into a form. It must never trim a password.
 */

/** The text of a field, or an empty string when the form has no such field. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Whether this could be an e-mail address; the server has the last word. */
export function looksLikeEmail(value: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(value)
}

/** The shortest password that is taken. */
export const PASSWORD_MINIMUM = 10
