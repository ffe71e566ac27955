'use client'

/**
 * Professionals and help lines that the school listed, by country, language and topic. The filters work in the browser:
 * what somebody looks for is not sent anywhere.
 */
import { BookOpenText, Globe, Mail, Phone } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { DirectoryEntry } from '../../../_wire/support.ts'
import { Badge } from '../../../_ui/badge.tsx'
import { Button, ButtonLink, buttonStyle } from '../../../_ui/button.tsx'
import { Card } from '../../../_ui/card.tsx'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { Select } from '../../../_ui/select.tsx'
import { LoadingState } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { VaultGate } from '../../../_ui/vault-gate.tsx'
import { ALL, choicesOf, filterDirectory, type DirectoryFilter } from './directory-filter.ts'
import { useDirectory } from './use-cases.ts'

/** The page `/support/directory`. */
export function DirectoryPage(): ReactNode {
  return <VaultGate>{() => <Directory />}</VaultGate>
}

function Directory(): ReactNode {
  const t = useTranslations('support.directory')
  const support = useTranslations('support.page')
  const query = useDirectory()
  if (query.isPending) return <LoadingState text={t('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  const { entries } = query.data
  return (
    <>
      <PageHeader
        back={{ href: '/support', label: support('title') }}
        title={t('title')}
        description={t('line')}
      />
      {entries.length === 0 ? (
        <EmptyState
          icon={<BookOpenText aria-hidden="true" />}
          title={t('emptyTitle')}
          action={<ButtonLink href="/support/new">{support('personAction')}</ButtonLink>}
        >
          {t('emptyText')}
        </EmptyState>
      ) : (
        <Entries entries={entries} />
      )}
    </>
  )
}

function Entries({ entries }: { entries: readonly DirectoryEntry[] }): ReactNode {
  const t = useTranslations('support.directory')
  const locale = useLocale()
  const [filter, setFilter] = useState<DirectoryFilter>(ALL)
  const { countries, languages, topics } = choicesOf(entries)
  const regions = new Intl.DisplayNames(locale, { type: 'region' })
  const tongues = new Intl.DisplayNames(locale, { type: 'language' })
  const found = filterDirectory(entries, filter)
  const set = (part: Partial<DirectoryFilter>): void => {
    setFilter({ ...filter, ...part })
  }
  return (
    <div className="grid gap-6">
      <div className="grid gap-4 sm:grid-cols-3">
        <Select
          label={t('country')}
          value={filter.country}
          options={[
            { value: '', label: t('anyCountry') },
            ...countries.map((value) => ({ value, label: regions.of(value) ?? value })),
          ]}
          onValueChange={(country) => {
            set({ country })
          }}
        />
        <Select
          label={t('language')}
          value={filter.language}
          options={[
            { value: '', label: t('anyLanguage') },
            ...languages.map((value) => ({ value, label: tongues.of(value) ?? value })),
          ]}
          onValueChange={(language) => {
            set({ language })
          }}
        />
        <Select
          label={t('topic')}
          value={filter.topic}
          options={[
            { value: '', label: t('anyTopic') },
            ...topics.map((value) => ({ value, label: value })),
          ]}
          onValueChange={(topic) => {
            set({ topic })
          }}
        />
      </div>
      <p role="status" className="text-sm text-ink-muted">
        {t('count', { count: found.length })}
      </p>
      {found.length === 0 ? (
        <EmptyState
          title={t('noneTitle')}
          action={
            <Button
              variant="secondary"
              onClick={() => {
                setFilter(ALL)
              }}
            >
              {t('clear')}
            </Button>
          }
        >
          {t('noneText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-5 md:grid-cols-2">
          {found.map((entry) => (
            <li key={`${entry.name} ${entry.phone} ${entry.email}`}>
              <DirectoryCard entry={entry} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** One entry, with the ways to reach it. */
export function DirectoryCard({ entry }: { entry: DirectoryEntry }): ReactNode {
  const t = useTranslations('support.directory')
  const locale = useLocale()
  const regions = new Intl.DisplayNames(locale, { type: 'region' })
  const tongues = new Intl.DisplayNames(locale, { type: 'language' })
  const where =
    entry.country === '' ? t('everywhere') : (regions.of(entry.country) ?? entry.country)
  const spoken = entry.languages.map((one) => tongues.of(one) ?? one).join(', ')
  const link = buttonStyle({ variant: 'secondary', size: 'sm' })
  return (
    <Card className="grid h-full content-between gap-4">
      <div className="grid gap-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="text-lg font-semibold tracking-tight break-words">{entry.name}</h2>
          <Badge tone={entry.kind === 'help-line' ? 'accent' : 'neutral'}>
            {t(`kinds.${entry.kind}`)}
          </Badge>
        </div>
        <p className="text-sm text-ink-muted">
          {[where, spoken, entry.hours].filter(Boolean).join(' · ')}
        </p>
        {entry.about === '' ? null : (
          <p className="leading-relaxed break-words whitespace-pre-wrap">{entry.about}</p>
        )}
        {entry.topics.length === 0 ? null : (
          <ul className="flex flex-wrap gap-1.5">
            {entry.topics.map((topic) => (
              <li key={topic}>
                <Badge>{topic}</Badge>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="flex flex-wrap gap-2.5">
        {entry.phone === '' ? null : (
          <a className={link} href={`tel:${entry.phone.replaceAll(/[^\d+*#]/g, '')}`}>
            <Phone aria-hidden="true" />
            {t('call', { phone: entry.phone })}
          </a>
        )}
        {entry.email === '' ? null : (
          <a className={link} href={`mailto:${entry.email}`}>
            <Mail aria-hidden="true" />
            {t('write', { email: entry.email })}
          </a>
        )}
        {entry.website === '' ? null : (
          <a className={link} href={entry.website} target="_blank" rel="noreferrer noopener">
            <Globe aria-hidden="true" />
            {t('visit')}
          </a>
        )}
      </div>
    </Card>
  )
}
