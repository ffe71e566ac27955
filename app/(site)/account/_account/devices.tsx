'use client'

/** Where this account is signed in, and how to end that. It must never show more of a device than its name. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { OwnSession } from '../../../_wire/own-account.ts'
import { Badge } from '../../../_ui/badge.tsx'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { callWire } from '../../../_ui/data/wire.ts'
import { Spinner } from '../../../_ui/spinner.tsx'

const KEY = ['own-sessions']

/** The section *Devices*. */
export function Devices(): ReactNode {
  const t = useTranslations('care')
  const cache = useQueryClient()
  const [ending, setEnding] = useState<string>()
  const [error, setError] = useState<string>()
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => callWire('ownSessions', {}, null, { signal }),
  })
  const sessions = query.data?.sessions ?? []
  const end = async (which: string, run: () => Promise<unknown>): Promise<void> => {
    setEnding(which)
    setError(undefined)
    try {
      await run()
      await cache.invalidateQueries({ queryKey: KEY })
    } catch (cause) {
      setError(sentenceFor(cause))
    }
    setEnding(undefined)
  }
  return (
    <Section id="devices" title={t('devicesTitle')} description={t('devicesLine')}>
      {query.isPending ? <Spinner text={t('devicesLoading')} /> : null}
      {(error ?? query.error) ? (
        <Notice tone="danger" alert>
          {error ?? sentenceFor(query.error)}
        </Notice>
      ) : null}
      <ul className="grid gap-4">
        {sessions.map((session) => (
          <Device
            key={session.id}
            session={session}
            busy={ending === session.id}
            onEnd={() => end(session.id, () => callWire('endSession', { session: session.id }, {}))}
          />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Button
          variant="secondary"
          busy={ending === 'all' && t('devicesEnding')}
          onClick={() => end('all', () => callWire('endOtherSessions', {}, {}))}
        >
          {t('devicesEndAll')}
        </Button>
      ) : null}
    </Section>
  )
}

function Device(props: {
  session: OwnSession
  busy: boolean
  onEnd: () => Promise<void>
}): ReactNode {
  const { session, busy, onEnd } = props
  const t = useTranslations('care')
  const locale = useLocale()
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const device = session.device === '' ? t('deviceUnknown') : session.device
  const date = when.format(session.startedAt)
  return (
    <li className="flex items-center justify-between gap-4">
      <div className="grid min-w-0 gap-0.5">
        <span className="flex flex-wrap items-center gap-2 font-medium">
          {device}
          {session.current ? <Badge>{t('deviceCurrent')}</Badge> : null}
        </span>
        <span className="text-sm text-ink-muted">{t('deviceSince', { date })}</span>
        {session.current ? null : (
          <span className="text-sm text-ink-muted">
            {t('deviceLast', { date: day.format(session.lastUsedAt) })}
          </span>
        )}
      </div>
      {session.current ? null : (
        <Button
          size="sm"
          variant="secondary"
          aria-label={t('deviceEndNamed', { device, date })}
          busy={busy && t('devicesEnding')}
          onClick={onEnd}
        >
          {t('deviceEnd')}
        </Button>
      )}
    </li>
  )
}
