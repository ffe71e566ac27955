'use client'

/** Invitations to the school: their state, a new one, withdrawal. A link is shown once, when it is made. */
import { useQueryClient } from '@tanstack/react-query'
import { FileUp, MailPlus, UserPlus } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { INVITATION_FILTERS } from '../../_wire/people.ts'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Badge } from '../../_ui/badge.tsx'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { Card, Notice } from '../../_ui/card.tsx'
import { useSaving } from '../../_ui/data/use-saving.ts'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire, keys } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { SavedStatus } from '../../_ui/saved-status.tsx'
import { Select } from '../../_ui/select.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { Cell, Row, Table, type Sorting } from '../../_ui/table.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { NothingFits, SearchBox, ShowMore, useList } from './list-tools.tsx'

type Invitation = RouteAnswer<'invitations'>['invitations'][number]

/** The page `/admin/invitations`; with `?new` its dialog is open. */
export function InvitationsPage(): ReactNode {
  const t = useTranslations('desk.invitations')
  const desk = useTranslations('desk')
  const common = useTranslations('common')
  const cache = useQueryClient()
  const saving = useSaving()
  const [search, setSearch] = useState('')
  const [state, setState] = useState<string>('any')
  const [sorting, setSorting] = useState<Sorting>({ by: 'createdAt', order: 'desc' })
  const [inviting, setInviting] = useState(useSearchParams().has('new'))
  const [error, setError] = useState<string>()
  const list = useList('invitations', keys.invitations, {
    search,
    state,
    sort: sorting.by,
    order: sorting.order,
  })
  const pages = list.data?.pages ?? []
  const invitations = pages.flatMap((page) => page.invitations)
  const withdraw = async ({ id }: Invitation): Promise<void> => {
    setError(undefined)
    try {
      await saving.run(async () => {
        await callWire('revokeInvitation', { id }, {})
        await cache.invalidateQueries({ queryKey: keys.invitations })
      })
    } catch (cause) {
      setError(sentenceFor(cause))
    }
  }
  const invite = (
    <Button
      onClick={() => {
        setInviting(true)
      }}
    >
      <UserPlus aria-hidden="true" />
      {desk('people.invite')}
    </Button>
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('line')}
        actions={
          <>
            <ButtonLink href="/admin/import" variant="secondary">
              <FileUp aria-hidden="true" />
              {desk('people.import')}
            </ButtonLink>
            {invite}
          </>
        }
      />
      <div className="grid grid-cols-1 gap-6">
        <div className="flex flex-wrap gap-3">
          <SearchBox label={desk('searchPeople')} onSearch={setSearch} />
          <Select
            label={t('state')}
            labelHidden
            className="w-40"
            value={state}
            options={INVITATION_FILTERS.map((value) => ({
              value,
              label: value === 'any' ? t('anyState') : t(`states.${value}`),
            }))}
            onValueChange={setState}
          />
        </div>
        {error ? (
          <Notice tone="danger" alert>
            {error}
          </Notice>
        ) : null}
        {list.isPending ? <LoadingState text={common('loading')} /> : null}
        {list.error ? <LoadFailed error={list.error} retry={list.refetch} /> : null}
        {list.data && invitations.length === 0 ? (
          search === '' && state === 'any' ? (
            <EmptyState icon={<MailPlus aria-hidden="true" />} title={t('emptyTitle')}>
              {t('emptyText')}
            </EmptyState>
          ) : (
            <NothingFits />
          )
        ) : null}
        {invitations.length > 0 ? (
          <Invitations
            list={invitations}
            withdraw={withdraw}
            sorting={sorting}
            onSort={setSorting}
          />
        ) : null}
        <ShowMore list={list} />
      </div>
      {inviting && list.data ? (
        <InviteDialog
          mail={pages[0]?.mail ?? false}
          close={() => {
            setInviting(false)
          }}
        />
      ) : null}
      <SavedStatus state={saving.state} />
    </>
  )
}

const TONES = { open: 'accent', used: 'success', expired: 'neutral', revoked: 'neutral' } as const

function Invitations(props: {
  list: readonly Invitation[]
  withdraw: (invitation: Invitation) => Promise<void>
  sorting: Sorting
  onSort: (sorting: Sorting) => void
}): ReactNode {
  const t = useTranslations('desk.invitations')
  const ages = useTranslations('desk.ages')
  const locale = useLocale()
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const columns = [
    { key: 'name', label: t('whom'), sortable: true },
    { key: 'state', label: t('state') },
    { key: 'expiresAt', label: t('until'), sortable: true },
    { key: 'sentAt', label: t('sent'), sortable: true },
    { key: 'withdraw', label: t('withdraw'), hidden: true },
  ]
  return (
    <Card className="p-5">
      <Table caption={t('table')} columns={columns} sorting={props.sorting} onSort={props.onSort}>
        {props.list.map((invitation) => {
          const { id, name, email, state, mayTeach, ageGroup } = invitation
          const whom = name || email || t('anyone')
          const rights = [
            name === '' ? '' : (email ?? t('anyone')),
            mayTeach ? t('mayTeach') : '',
            ageGroup === 'unknown' ? '' : ages(ageGroup),
          ]
          return (
            <Row key={id}>
              <Cell className="min-w-48">
                <span className="font-medium">{whom}</span>
                <span className="block text-sm text-ink-muted">
                  {rights.filter((right) => right !== '').join(' · ')}
                </span>
              </Cell>
              <Cell>
                <Badge tone={TONES[state]}>{t(`states.${state}`)}</Badge>
              </Cell>
              <Cell className="whitespace-nowrap">{date.format(invitation.expiresAt)}</Cell>
              <Cell className="whitespace-nowrap">
                {invitation.sentAt === null ? '–' : date.format(invitation.sentAt)}
              </Cell>
              <Cell numeric>
                {state === 'open' ? (
                  <Button
                    size="sm"
                    variant="dangerQuiet"
                    aria-label={t('withdrawFor', { name: whom })}
                    onClick={() => props.withdraw(invitation)}
                  >
                    {t('withdraw')}
                  </Button>
                ) : null}
              </Cell>
            </Row>
          )
        })}
      </Table>
    </Card>
  )
}
