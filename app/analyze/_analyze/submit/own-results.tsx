'use client'

/** What the person has out for review, and taking it back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Badge } from '../../../_ui/badge.tsx'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { callWire } from '../../../_ui/data/wire.ts'

export function OwnResults(): ReactNode {
  const t = useTranslations('analyze')
  const format = useFormatter()
  const cache = useQueryClient()
  const [busy, setBusy] = useState<string>()
  const [error, setError] = useState<string>()
  const query = useQuery({
    queryKey: ['own-results'],
    queryFn: ({ signal }) => callWire('ownResults', {}, null, { signal }),
  })
  const withdraw = async (id: string): Promise<void> => {
    setBusy(id)
    setError(undefined)
    try {
      await callWire('withdrawResult', { id }, {})
    } catch (cause) {
      setError(sentenceFor(cause))
    } finally {
      await cache.invalidateQueries({ queryKey: ['own-results'] })
      setBusy(undefined)
    }
  }
  const results = query.data?.results ?? []
  if (results.length === 0 && error === undefined) return null
  const day = (at: number): string =>
    format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Section id="own-results" title={t('own')} description={t('ownLine')}>
      {error === undefined ? null : (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      )}
      <ul className="grid">
        {results.map(({ id, sentAt, expiresAt, recipients, course, openedAt }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-3 last:border-0"
          >
            <div className="grid min-w-0 gap-1">
              <p>
                {t('ownSent', { date: day(sentAt), names: recipients.join(', ') })}{' '}
                <Badge>{course ?? t('school')}</Badge>
              </p>
              <p className="text-sm text-ink-muted">
                {openedAt === null ? t('ownUnopened') : t('ownOpened', { date: day(openedAt) })}{' '}
                {t('ownExpires', { date: format.dateTime(expiresAt, { dateStyle: 'medium' }) })}
              </p>
            </div>
            <Button
              size="sm"
              variant="dangerQuiet"
              busy={busy === id && t('withdrawing')}
              aria-label={t('withdrawName', { date: day(sentAt) })}
              onClick={() => {
                void withdraw(id)
              }}
            >
              {t('withdraw')}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
