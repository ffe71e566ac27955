'use client'

/**
 * Writes a message: to whom, in answer to what. What could not be sent stays in the box, with the
 * reason beside it.
 */
import { SendHorizontal, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { type ChatMessage, cleanChatText, MAX_CHAT_LENGTH } from '../../../sfu/protocol/index.ts'
import type { Talk } from '../../_call/index.ts'
import { IconButton } from '../../_ui/button.tsx'
import { Select } from '../../_ui/select.tsx'
import { useSentence } from '../_talk/use-said.ts'

/** The last letters are counted. */
const COUNTED = 200

export interface ComposerProps {
  talk: Talk
  teacher: boolean
  /** Whether this person may write to everyone now. */
  mayWriteToAll: boolean
  /** What is being answered; null for nothing. */
  replyTo: ChatMessage | null
  onReplyEnd: () => void
}

/** A box with its addressee and its button. */
export function Composer(props: ComposerProps): ReactNode {
  const { talk, teacher, mayWriteToAll, replyTo, onReplyEnd } = props
  const t = useTranslations('talk.chat')
  const sentence = useSentence()
  const box = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [to, setTo] = useState<'all' | 'teachers'>('all')
  const [problem, setProblem] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  const noteId = useId()

  useEffect(() => {
    if (replyTo !== null) box.current?.focus()
  }, [replyTo])

  // A private message is answered privately.
  const privately = !mayWriteToAll || (replyTo !== null && replyTo.privateWith !== null)
  const addressee = privately ? 'teachers' : to
  const left = MAX_CHAT_LENGTH - text.length

  const send = async (): Promise<void> => {
    if (sending || cleanChatText(text) === '') return
    setSending(true)
    setProblem(null)
    try {
      await talk.send(text, addressee, replyTo?.id ?? null)
      setText('')
      onReplyEnd()
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setSending(false)
      box.current?.focus()
    }
  }

  return (
    <form
      className="grid gap-2 border-t border-line p-3"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {replyTo === null ? null : (
        <div className="flex items-center gap-2 rounded-control bg-sunken py-1 pr-1 pl-3 text-sm">
          <p className="min-w-0 flex-1 truncate text-ink-muted">
            {t('answering', { name: replyTo.name })} <bdi>{replyTo.text}</bdi>
          </p>
          <IconButton label={t('answerNot')} size="sm" round onClick={onReplyEnd}>
            <X aria-hidden="true" />
          </IconButton>
        </div>
      )}
      <Select
        label={t('to')}
        labelHidden
        compact
        value={addressee}
        disabled={privately}
        options={[
          { value: 'all', label: t('toAll') },
          { value: 'teachers', label: teacher ? t('toTeachersOnly') : t('toTeachers') },
        ]}
        onValueChange={(value) => {
          setTo(value === 'teachers' ? 'teachers' : 'all')
        }}
      />
      <div className="flex items-end gap-2">
        <textarea
          ref={box}
          dir="auto"
          rows={1}
          value={text}
          aria-label={t('message')}
          aria-describedby={noteId}
          aria-invalid={left < 0 || undefined}
          placeholder={t('placeholder')}
          className="field-sizing-content max-h-40 min-h-11 w-full resize-none rounded-control border border-line-strong/60 bg-raised px-3 py-2.5 text-[0.9375rem] leading-normal placeholder:text-ink-muted aria-invalid:border-danger"
          onChange={(event) => {
            setText(event.currentTarget.value)
            setProblem(null)
          }}
          onKeyDown={(event) => {
            // Enter that ends a composed letter is part of writing.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            void send()
          }}
        />
        <IconButton label={t('send')} type="submit" variant="primary" disabled={text.trim() === ''}>
          <SendHorizontal aria-hidden="true" />
        </IconButton>
      </div>
      <p id={noteId} className="text-xs text-ink-muted empty:hidden">
        {left < 0 ? t('tooMany', { count: -left }) : null}
        {left >= 0 && left < COUNTED ? t('left', { count: left }) : null}
      </p>
      {problem === null ? null : (
        <p role="alert" className="text-sm text-danger-ink">
          {problem}
        </p>
      )}
    </form>
  )
}
