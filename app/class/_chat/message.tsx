'use client'

/** One message: who, when, to whom; what it answers; its text; its reactions; what can be done. */
import { Lock, Reply, SmilePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo, type ReactNode } from 'react'
import type { ChatMessage } from '../../../sfu/protocol/index.ts'
import type { Talk } from '../../_call/index.ts'
import { Avatar } from '../../_ui/avatar.tsx'
import { IconButton } from '../../_ui/button.tsx'
import { cx } from '../../_ui/cx.ts'
import { ReactionPicker } from '../_talk/reaction-picker.tsx'
import { SIGNS } from '../_talk/signs.ts'
import { useSaid } from '../_talk/use-said.ts'
import { MessageText } from './message-text.tsx'

export interface MessageProps {
  message: ChatMessage
  /** What it answers; null where that is nothing, or gone. */
  answered: ChatMessage | null
  /** The account of this browser's person. */
  self: string
  /** Comes right after another of the same person to the same people. */
  continued: boolean
  talk: Talk
  onReply: (message: ChatMessage) => void
}

/** An entry of the list of messages. */
export const Message = memo(function Message(props: MessageProps): ReactNode {
  const { message, answered, self, continued, talk, onReply } = props
  const t = useTranslations('talk.chat')
  const names = useTranslations('talk.reactions.names')
  const said = useSaid()
  const own = message.accountId === self
  const { privateWith } = message
  return (
    <li
      className={cx(
        'group/message relative grid grid-cols-[2rem_1fr] gap-x-3 rounded-control px-3 py-1.5 hover:bg-sunken/60 focus-within:bg-sunken/60',
        continued ? '' : 'mt-2',
      )}
    >
      <div>{continued ? null : <Avatar name={message.name} size="sm" />}</div>
      <div className="grid min-w-0 gap-1">
        <p className={cx('flex min-w-0 items-baseline gap-2 text-sm', continued && 'sr-only')}>
          <bdi className="truncate font-medium">{own ? t('you') : message.name}</bdi>
          <time
            dateTime={new Date(message.sentAt).toISOString()}
            className="shrink-0 text-xs text-ink-muted"
          >
            {new Date(message.sentAt).toLocaleTimeString(undefined, { timeStyle: 'short' })}
          </time>
        </p>
        {privateWith === null || continued ? null : (
          <p className="flex items-center gap-1.5 text-xs text-ink-muted">
            <Lock aria-hidden="true" className="size-3 shrink-0" />
            <span className="truncate">
              {privateWith.accountId === self
                ? t('privateOwn')
                : t('privateWith', { name: privateWith.name })}
            </span>
          </p>
        )}
        {message.replyTo === null ? null : (
          <p className="truncate border-l-2 border-line-strong pl-2 text-xs text-ink-muted">
            {answered === null ? (
              t('answersGone')
            ) : (
              <>
                <bdi className="font-medium">{answered.name}</bdi> <bdi>{answered.text}</bdi>
              </>
            )}
          </p>
        )}
        <MessageText text={message.text} />
        {message.reactions.length === 0 ? null : (
          <ul className="flex flex-wrap gap-1.5 pt-0.5">
            {message.reactions.map(({ reaction, accountIds }) => {
              const mine = accountIds.some((accountId) => accountId === self)
              return (
                <li key={reaction}>
                  <button
                    type="button"
                    aria-pressed={mine}
                    aria-label={t('reactionCount', {
                      name: names(reaction),
                      count: accountIds.length,
                    })}
                    className="flex h-7 items-center gap-1.5 rounded-full border border-line bg-raised px-2 text-xs tabular-nums aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
                    onClick={() => said(() => talk.mark(message.id, reaction, !mine))}
                  >
                    <span aria-hidden="true">{SIGNS[reaction]}</span>
                    {accountIds.length}
                  </button>
                </li>
              )
            })}
          </ul>
        )}
      </div>
      <div className="absolute -top-2 right-2 flex rounded-full border border-line bg-raised opacity-0 shadow-resting transition-opacity group-hover/message:opacity-100 focus-within:opacity-100 has-[[data-state=open]]:opacity-100 [@media(hover:none)]:opacity-100">
        <ReactionPicker
          once
          label={t('react', { name: message.name })}
          trigger={
            <IconButton
              label={t('react', { name: message.name })}
              size="sm"
              round
              className="size-8"
            >
              <SmilePlus aria-hidden="true" />
            </IconButton>
          }
          onPick={(reaction) => {
            void said(() => talk.mark(message.id, reaction, true))
          }}
        />
        <IconButton
          label={t('reply', { name: message.name })}
          size="sm"
          round
          className="size-8"
          onClick={() => {
            onReply(message)
          }}
        >
          <Reply aria-hidden="true" />
        </IconButton>
      </div>
    </li>
  )
})
