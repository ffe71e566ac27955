'use client'

/** Opens the chat, and says how much of it is unread. */
import { MessageSquareText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, type ReactNode } from 'react'
import type { Talk } from '../../_call/index.ts'
import { ToolbarButton } from '../_room/toolbar-button.tsx'
import { useStore } from '../_state/use-store.ts'

const MOST_SHOWN = 99

/** *Chat*; the count describes the button and is no part of its name. */
export function ChatButton(props: { talk: Talk; open: boolean; onPress: () => void }): ReactNode {
  const { talk, open, onPress } = props
  const t = useTranslations('talk.chat')
  const { unread } = useStore(talk.state)
  const countId = useId()
  return (
    <span className="relative grid">
      <ToolbarButton
        label={t('title')}
        data-command="chat"
        icon={<MessageSquareText aria-hidden="true" />}
        open={open}
        aria-pressed={open}
        aria-describedby={unread > 0 ? countId : undefined}
        onClick={onPress}
      />
      {unread > 0 ? (
        <>
          <span
            aria-hidden="true"
            className="pointer-events-none absolute -top-1 -right-1 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-xs font-semibold text-on-accent tabular-nums"
          >
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
          </span>
          <span id={countId} className="sr-only">
            {t('unread', { count: unread })}
          </span>
        </>
      ) : null}
    </span>
  )
}
