/** Names of countries in the person's language, by the browser's own list. */
import { COUNTRIES } from '../../_wire/countries.ts'
import type { SelectOption } from '../../_ui/select.tsx'

/** The name of a country. */
export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
}

/** Every country, in the order of the language. */
export function countryOptions(locale: string): SelectOption[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' })
  const order = new Intl.Collator(locale)
  return COUNTRIES.map((code) => ({ value: code, label: names.of(code) ?? code })).sort(
    (one, other) => order.compare(one.label, other.label),
  )
}
