'use client'

/**
 * Who set the policy, when, and what then held. It must never be shortened: the confirmations are the
 * point of it.
 */
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Section } from '../../_ui/card.tsx'
import { countryName } from './country-names.ts'

type Entry = RouteAnswer<'policy'>['log'][number]

/** The section *Log*, newest first. */
export function PolicyLog({ log }: { log: readonly Entry[] }): ReactNode {
  const t = useTranslations('admin')
  const locale = useLocale()
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' })
  const analysis = (entry: Entry): string => {
    if (entry.expressionAnalysis === 'off') return t('logOff')
    const country = entry.country === null ? '–' : countryName(entry.country, locale)
    if (entry.reason === '') return t('logOn', { country })
    return t('logOnReason', { country, reason: entry.reason })
  }
  return (
    <Section id="log" title={t('logTitle')} description={t('logLine')}>
      {log.length === 0 ? (
        <p className="text-[0.9375rem] text-ink-muted">{t('logEmpty')}</p>
      ) : (
        <ol className="grid gap-5">
          {log.map((entry) => (
            <li key={entry.at} className="grid gap-1 border-l-2 border-line pl-4 text-[0.9375rem]">
              <p>
                <span className="font-medium">{entry.name}</span>{' '}
                <time className="text-ink-muted" dateTime={new Date(entry.at).toISOString()}>
                  {when.format(entry.at)}
                </time>
              </p>
              <p className="break-words">{analysis(entry)}</p>
              <p className="text-sm text-ink-muted">
                {t('logRest', {
                  open: entry.openSignUp ? 'yes' : 'no',
                  floor: entry.minimumGroupFloor,
                })}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
