'use client'

/** Trusted staff: people of the school whom every student may choose to write to. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { UserPlus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Avatar } from '../../_ui/avatar.tsx'
import { Button, IconButton } from '../../_ui/button.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire } from '../../_ui/data/wire.ts'
import { TextField } from '../../_ui/text-field.tsx'
import { adminSupportKeys } from './use-admin-cases.ts'

type Staff = RouteAnswer<'adminCases'>['staff']
type Person = Staff[number]

export function StaffEditor({ staff }: { staff: Staff }): ReactNode {
  const t = useTranslations('support.admin')
  const cache = useQueryClient()
  const [search, setSearch] = useState('')
  const [failed, setFailed] = useState<string>()
  const wanted = search.trim()
  const people = useQuery({
    queryKey: ['people', 'search', wanted],
    queryFn: ({ signal }) => callWire('people', {}, null, { query: { search: wanted }, signal }),
    enabled: wanted !== '',
  })
  const found = (people.data?.people ?? [])
    .filter(({ id, suspended }) => !suspended && !staff.some((one) => one.id === id))
    .slice(0, 6)
  const set = async (person: Pick<Person, 'id'>, trusted: boolean): Promise<void> => {
    setFailed(undefined)
    try {
      await callWire('saveStaff', {}, { accountId: person.id, trusted })
      await cache.invalidateQueries({ queryKey: adminSupportKeys.cases })
      setSearch('')
    } catch (cause) {
      setFailed(sentenceFor(cause))
    }
  }
  return (
    <Section id="staff" title={t('staffTitle')} description={t('staffLine')}>
      <div className="grid gap-5">
        {staff.length === 0 ? <p className="text-ink-muted">{t('staffEmpty')}</p> : null}
        <ul className="grid gap-2 sm:grid-cols-2">
          {staff.map((person) => (
            <li
              key={person.id}
              className="flex items-center gap-3 rounded-control border border-line px-3 py-2"
            >
              <Avatar name={person.name} size="sm" />
              <span className="min-w-0 flex-1 truncate">{person.name}</span>
              <IconButton
                label={t('staffRemove', { name: person.name })}
                size="sm"
                onClick={() => set(person, false)}
              >
                <X aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
        <TextField
          label={t('staffSearch')}
          type="search"
          className="max-w-md"
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
          }}
        />
        {wanted !== '' && people.data && found.length === 0 ? (
          <p role="status" className="text-sm text-ink-muted">
            {t('staffNone')}
          </p>
        ) : null}
        <div className="flex flex-wrap gap-2.5">
          {(wanted === '' ? [] : found).map((person) => (
            <Button key={person.id} size="sm" variant="secondary" onClick={() => set(person, true)}>
              <UserPlus aria-hidden="true" />
              {t('staffAdd', { name: person.name })}
            </Button>
          ))}
        </div>
        {failed ? (
          <Notice tone="danger" alert>
            {failed}
          </Notice>
        ) : null}
      </div>
    </Section>
  )
}
