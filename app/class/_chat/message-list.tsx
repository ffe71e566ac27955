'use client'

/**
 * The messages, newest below. It stays at the end while one reads there, and where it is while one
 * reads further up.
 */
import { ArrowDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import type { ChatMessage } from '../../../sfu/protocol/index.ts'
import type { Talk } from '../../_call/index.ts'
import { Button } from '../../_ui/button.tsx'
import { Message } from './message.tsx'

/** Closer to the end than this is at the end. */
const NEAR_END = 48

/** Messages of one person within this time stand together. */
const TOGETHER_MS = 3 * 60_000

/** A list, or what to do where there is nothing yet. */
export function MessageList(props: {
  messages: readonly ChatMessage[]
  self: string
  talk: Talk
  onReply: (message: ChatMessage) => void
}): ReactNode {
  const { messages, self, talk, onReply } = props
  const t = useTranslations('talk.chat')
  const frame = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const newest = messages.at(-1)
  const ownNewest = newest?.accountId === self

  const toEnd = (): void => {
    frame.current?.scrollTo({ top: frame.current.scrollHeight })
  }
  useLayoutEffect(() => {
    if (atEnd || ownNewest) toEnd()
  }, [messages, atEnd, ownNewest])

  const byId = new Map(messages.map((message) => [message.id, message]))
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={frame}
        // Scrolled by keyboard too.
        tabIndex={0}
        role="region"
        aria-label={t('messages')}
        className="h-full overflow-y-auto px-1 pb-2"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END)
        }}
      >
        {messages.length === 0 ? (
          <p className="p-6 text-center text-sm text-ink-muted">{t('empty')}</p>
        ) : (
          <ol>
            {messages.map((message, index) => (
              <Message
                key={message.id}
                message={message}
                answered={message.replyTo === null ? null : (byId.get(message.replyTo) ?? null)}
                self={self}
                continued={continues(message, messages[index - 1])}
                talk={talk}
                onReply={onReply}
              />
            ))}
          </ol>
        )}
      </div>
      {atEnd ? null : (
        <Button
          variant="secondary"
          size="sm"
          className="absolute inset-x-0 bottom-2 mx-auto w-fit rounded-full"
          onClick={toEnd}
        >
          <ArrowDown aria-hidden="true" />
          {t('toNewest')}
        </Button>
      )}
    </div>
  )
}

function continues(message: ChatMessage, before: ChatMessage | undefined): boolean {
  return (
    before !== undefined &&
    before.accountId === message.accountId &&
    before.privateWith?.accountId === message.privateWith?.accountId &&
    message.replyTo === null &&
    message.sentAt - before.sentAt < TOGETHER_MS
  )
}
