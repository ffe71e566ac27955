'use client'

/**
 * One case, for its student and its helpers alike: messages, what was shared, state, who opened it. Text of people is
 * shown as text. What a helper writes among helpers the student never gets.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, type ReactNode } from 'react'
import type { CaseView } from '../../../_vault/support/verbs.ts'
import type { RouteAnswer } from '../../../_wire/routes.ts'
import { Button, ButtonLink } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { codeOf } from '../../../_ui/data/failure.ts'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { LoadingState } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { VaultGate } from '../../../_ui/vault-gate.tsx'
import { Attachment } from './attachment.tsx'
import { CaseNotes, CaseThread } from './case-thread.tsx'
import { HelperState, Suggestion, Withdraw } from './case-actions.tsx'
import { StateBadge } from './state-badge.tsx'
import { supportKeys, useCase, useCases } from './use-cases.ts'
import { useWhen } from './use-when.ts'

/** What the parts of a case share. */
export interface CasePartProps {
  view: CaseView
  /** Changes what is shown without opening the case again. */
  change: (part: Partial<CaseView>) => void
}

/** The page `/support/cases/[id]`. */
export function CasePage({ caseId }: { caseId: string }): ReactNode {
  return <VaultGate>{() => <Case caseId={caseId} />}</VaultGate>
}

const ABSENT = ['case-not-found', 'not-found', 'bad-arguments']

function Case({ caseId }: { caseId: string }): ReactNode {
  const t = useTranslations('support')
  const states = useTranslations('support.cases.stateLines')
  const format = useFormatter()
  const cache = useQueryClient()
  const query = useCase(caseId)
  const head = useCases().data?.cases.find(({ id }) => id === caseId)
  const opened = query.data
  const news = opened !== undefined && head !== undefined && head.messages > opened.messages.length
  const { refetch } = query
  const mine = opened?.role === 'student'
  useEffect(() => {
    // The own case is read anew by itself; a helper's opening is recorded, so a helper is asked.
    if (news && mine) void refetch()
  }, [news, mine, refetch])
  if (opened === undefined) {
    if (query.isPending) return <LoadingState text={t('case.loading')} />
    if (ABSENT.includes(codeOf(query.error))) {
      return (
        <EmptyState
          level={1}
          title={t('case.notFoundTitle')}
          action={<ButtonLink href="/support">{t('page.title')}</ButtonLink>}
        >
          {t('case.notFoundText')}
        </EmptyState>
      )
    }
    return <LoadFailed error={query.error} retry={query.refetch} />
  }
  const { state, helpers, suggested } = head ?? opened
  const view: CaseView = { ...opened, state, helpers, suggested }
  const part: CasePartProps = {
    view,
    change: (changed) => {
      cache.setQueryData<CaseView>(supportKeys.case(caseId), (now) => now && { ...now, ...changed })
      // What the list said of this case is from before; web says it anew.
      cache.setQueryData<RouteAnswer<'listCases'>>(
        supportKeys.cases,
        (now) => now && { cases: now.cases.filter(({ id }) => id !== caseId) },
      )
      void cache.invalidateQueries({ queryKey: supportKeys.cases, exact: true })
    },
  }
  const names = format.list(view.helpers.map(({ name }) => name))
  return (
    <>
      <PageHeader
        back={{ href: '/support', label: t('case.back') }}
        title={mine ? t('case.title') : t('case.titleOf', { name: view.student.name })}
        description={
          <span className="grid gap-2 text-base">
            <span className="flex flex-wrap items-center gap-3">
              <StateBadge state={view.state} />
              {mine ? <span>{states(view.state)}</span> : null}
            </span>
            <span>
              {t('case.helpers', { names })}
              {view.course ? ` · ${t('case.course', { name: view.course.name })}` : ''}
            </span>
          </span>
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-6">
          {news && !mine ? (
            <Notice
              tone="info"
              actions={
                <Button
                  size="sm"
                  variant="secondary"
                  busy={query.isFetching && t('case.loading')}
                  onClick={() => refetch()}
                >
                  {t('case.openAgain')}
                </Button>
              }
            >
              {t('case.news')}
            </Notice>
          ) : null}
          {mine && view.suggested ? <Suggestion {...part} suggested={view.suggested} /> : null}
          <CaseThread {...part} />
          {mine ? null : <CaseNotes {...part} />}
        </div>
        <div className="grid min-w-0 gap-6">
          {mine || view.state === 'withdrawn' ? null : <HelperState {...part} />}
          {view.state === 'withdrawn' ? null : <Attachment attachment={view.attachment} />}
          <Openings openings={view.openings} />
          {mine && view.state !== 'withdrawn' ? <Withdraw {...part} /> : null}
        </div>
      </div>
    </>
  )
}

function Openings({ openings }: Pick<CaseView, 'openings'>): ReactNode {
  const t = useTranslations('support.case')
  const when = useWhen()
  return (
    <Section id="openings" title={t('openings')}>
      {openings.length === 0 ? (
        <p className="text-ink-muted">{t('openingsNone')}</p>
      ) : (
        <ul className="grid gap-1.5 text-[0.9375rem]">
          {openings.map(({ by, at }) => (
            <li key={`${by?.id ?? ''} ${at}`}>
              {t('opened', { name: by?.name ?? t('someone'), when: when(at) })}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
