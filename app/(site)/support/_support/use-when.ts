'use client'

/** Moments in the words of the page's language and this device's own time zone. */
import { useLocale } from 'next-intl'

export function useWhen(): (at: number) => string {
  const locale = useLocale()
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return (at) => format.format(at)
}
