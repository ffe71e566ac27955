'use client'

/**
 * The support assistant: says first and always that it is a machine, shows its words as text, can be stopped, and gives
 * way to people when what was written sounds serious.
 */
import { Bot, Send, Square } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { Button, ButtonLink } from '../../../_ui/button.tsx'
import { Card, Notice } from '../../../_ui/card.tsx'
import { cx } from '../../../_ui/cx.ts'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { LoadingState, Spinner } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { TextArea } from '../../../_ui/text-field.tsx'
import { VaultGate } from '../../../_ui/vault-gate.tsx'
import { DirectoryCard } from './directory-page.tsx'
import { useChat, type ChatEntry } from './use-chat.ts'
import { useOffers } from './use-cases.ts'

/** The page `/support/assistant`. */
export function AssistantPage(): ReactNode {
  return <VaultGate>{() => <Assistant />}</VaultGate>
}

function Assistant(): ReactNode {
  const t = useTranslations('support.assistant')
  const page = useTranslations('support.page')
  const query = useOffers()
  if (query.isPending) return <LoadingState text={page('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  if (!query.data.assistant) {
    return (
      <EmptyState
        level={1}
        icon={<Bot aria-hidden="true" />}
        title={t('absentTitle')}
        action={<ButtonLink href="/support">{page('title')}</ButtonLink>}
      >
        {t('absentText')}
      </EmptyState>
    )
  }
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader back={{ href: '/support', label: page('title') }} title={t('title')} />
      <div className="grid gap-6">
        <Notice tone="warning" title={t('machine')}>
          {t('machineText')}
        </Notice>
        <Conversation />
      </div>
    </div>
  )
}

function Conversation(): ReactNode {
  const t = useTranslations('support.assistant')
  const chat = useChat()
  const [text, setText] = useState('')
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (text.trim() === '' || chat.busy) return
    chat.send(text.trim())
    setText('')
  }
  return (
    <Card className="grid gap-5">
      <div
        role="log"
        aria-label={t('conversation')}
        aria-busy={chat.busy}
        className="grid min-h-56 content-start gap-5"
      >
        {chat.entries.length === 0 ? (
          <p className="self-center py-16 text-center text-ink-muted">{t('start')}</p>
        ) : null}
        {chat.entries.map((entry, at) => (
          <Entry key={at} entry={entry} />
        ))}
      </div>
      {chat.failure ? (
        <Notice tone="danger" alert>
          {chat.failure === 'failed' ? t('failed') : t('tooOften')}
        </Notice>
      ) : null}
      <form onSubmit={submit} className="grid gap-3">
        <TextArea
          label={t('textLabel')}
          maxLength={4000}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
          }}
        />
        <div className="flex flex-wrap items-center justify-between gap-3">
          {chat.busy ? <Spinner text={t('thinking')} /> : <span />}
          <div className="flex gap-3">
            {chat.entries.length > 0 && !chat.busy ? (
              <Button variant="quiet" onClick={chat.clear}>
                {t('forget')}
              </Button>
            ) : null}
            {chat.busy ? (
              <Button variant="secondary" onClick={chat.stop}>
                <Square aria-hidden="true" />
                {t('stop')}
              </Button>
            ) : (
              <Button type="submit" disabled={text.trim() === ''}>
                <Send aria-hidden="true" />
                {t('send')}
              </Button>
            )}
          </div>
        </div>
      </form>
    </Card>
  )
}

function Entry({ entry }: { entry: ChatEntry }): ReactNode {
  const t = useTranslations('support.assistant')
  if (entry.kind === 'stopped') return <p className="text-sm text-ink-muted">{t('stopped')}</p>
  if (entry.kind === 'help-lines') {
    return (
      <div role="alert" className="grid gap-4">
        <Notice
          tone="danger"
          title={t('crisisTitle')}
          actions={
            <ButtonLink href="/support/new" size="sm" variant="secondary">
              {t('crisisAction')}
            </ButtonLink>
          }
        >
          {t('crisisText')} {entry.entries.length === 0 ? t('crisisNone') : null}
        </Notice>
        {entry.entries.map((one) => (
          <DirectoryCard key={`${one.name} ${one.phone}`} entry={one} />
        ))}
      </div>
    )
  }
  const mine = entry.kind === 'person'
  return (
    <div className={cx('grid gap-1', mine ? 'justify-items-end' : 'justify-items-start')}>
      <p className="text-sm font-medium">{mine ? t('you') : t('assistant')}</p>
      <p
        className={cx(
          'max-w-prose rounded-card px-4 py-3 leading-relaxed break-words whitespace-pre-wrap',
          mine ? 'bg-accent-soft' : 'bg-sunken',
        )}
      >
        {entry.text}
      </p>
    </div>
  )
}
