'use client'

/** The messages of a case, and the notes among its helpers, each with its box to write in. */
import { CalendarPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { getVault } from '../../../_vault/client.ts'
import type { CaseMessage, Meeting } from '../../../_vault/support/verbs.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { cx } from '../../../_ui/cx.ts'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { TextArea } from '../../../_ui/text-field.tsx'
import { calendarFile } from './calendar-file.ts'
import type { CasePartProps } from './case-page.tsx'
import { saveFile } from '../../../_ui/save-file.ts'
import { useWhen } from './use-when.ts'

export function CaseThread({ view, change }: CasePartProps): ReactNode {
  const t = useTranslations('support.case')
  return (
    <Section id="messages" title={t('messages')}>
      {view.gaps ? <Notice tone="danger">{t('gaps')}</Notice> : null}
      {view.messages.length === 0 ? <p className="text-ink-muted">{t('noMessages')}</p> : null}
      <ol className="grid gap-4">
        {view.messages.map((message) => (
          <Message key={message.id} message={message} caseId={view.id} />
        ))}
      </ol>
      {view.state === 'withdrawn' ? null : (
        <Writing
          label={t('reply')}
          action={t('send')}
          write={async (text) => {
            const message = await getVault().call('writeToCase', {
              caseId: view.id,
              text,
              meeting: null,
            })
            change({ messages: [...view.messages, message] })
          }}
        />
      )}
    </Section>
  )
}

export function CaseNotes({ view, change }: CasePartProps): ReactNode {
  const t = useTranslations('support.case')
  if (view.state === 'withdrawn') return null
  return (
    <Section id="notes" title={t('notes')} description={t('notesLine')}>
      <div className="grid gap-4">
        {view.notes.length === 0 ? <p className="text-ink-muted">{t('notesEmpty')}</p> : null}
        <ol className="grid gap-4">
          {view.notes.map((note) => (
            <Message key={note.id} message={note} caseId={view.id} damaged={t('noteLocked')} />
          ))}
        </ol>
        <Writing
          label={t('note')}
          action={t('addNote')}
          write={async (text) => {
            const note = await getVault().call('noteOnCase', { caseId: view.id, text })
            change({ notes: [...view.notes, note] })
          }}
        />
      </div>
    </Section>
  )
}

function Message(props: { message: CaseMessage; caseId: string; damaged?: string }): ReactNode {
  const t = useTranslations('support.case')
  const when = useWhen()
  const { message, caseId, damaged } = props
  const { author, mine, at, content } = message
  const name = mine ? t('you') : author.name
  return (
    <li className={cx('grid gap-1.5', mine ? 'justify-items-end' : 'justify-items-start')}>
      <p className="text-sm text-ink-muted">
        <span className="font-medium text-ink">{name}</span> · {when(at)}
      </p>
      <div
        className={cx(
          'grid max-w-prose gap-3 rounded-card px-4 py-3 leading-relaxed',
          mine ? 'bg-accent-soft' : 'bg-sunken',
        )}
      >
        {content ? (
          <p className="break-words whitespace-pre-wrap">{content.text}</p>
        ) : (
          <p className="text-ink-muted">{damaged ?? t('damaged', { name })}</p>
        )}
        {content?.meeting ? (
          <MeetingLine meeting={content.meeting} id={`${caseId}-${message.id}`} />
        ) : null}
      </div>
    </li>
  )
}

function MeetingLine({ meeting, id }: { meeting: Meeting; id: string }): ReactNode {
  const t = useTranslations('support.case')
  const when = useWhen()
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <p className="text-[0.9375rem]">
        {t('meeting', { when: when(meeting.startsAt), minutes: meeting.minutes })}
      </p>
      <Button
        size="sm"
        variant="secondary"
        className="justify-self-start"
        onClick={() => {
          const text = calendarFile({ ...meeting, id, title: t('meetingTitle'), now: Date.now() })
          saveFile('meeting.ics', 'text/calendar;charset=utf-8', text)
        }}
      >
        <CalendarPlus aria-hidden="true" />
        {t('calendar')}
      </Button>
    </div>
  )
}

function Writing(props: {
  label: string
  action: string
  write: (text: string) => Promise<void>
}): ReactNode {
  const t = useTranslations('support.case')
  const { label, action, write } = props
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    if (text.trim() === '') return
    setBusy(true)
    setFailed(undefined)
    try {
      await write(text.trim())
      setText('')
    } catch (cause) {
      setFailed(sentenceFor(cause))
    }
    setBusy(false)
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <TextArea
        label={label}
        maxLength={4000}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
        }}
      />
      {failed ? (
        <Notice tone="danger" alert>
          {failed}
        </Notice>
      ) : null}
      <Button
        type="submit"
        variant="secondary"
        className="justify-self-end"
        busy={busy && t('sending')}
        disabled={text.trim() === ''}
      >
        {action}
      </Button>
    </form>
  )
}
