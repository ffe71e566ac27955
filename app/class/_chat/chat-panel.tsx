'use client'

/**
 * The chat of the class: messages of all and the own private ones, the switch of announcements, and
 * the box to write in. It loads nothing that a message names.
 */
import { useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode } from 'react'
import type { ChatMessage } from '../../../sfu/protocol/index.ts'
import { Switch } from '../../_ui/switch.tsx'
import { SidePanel } from '../_room/side-panel.tsx'
import { announcements, setAnnouncements } from '../_state/announcements.ts'
import type { Visit } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'

/** The panel *Chat*. */
export function ChatPanel(props: { visit: Visit; onClose: () => void }): ReactNode {
  const { visit, onClose } = props
  const { call, moderation, talk } = visit
  const t = useTranslations('talk.chat')
  const { people, role } = useStore(call.state)
  const { chat } = useStore(talk.state)
  const { may } = useStore(moderation.state)
  const { aloud } = useStore(announcements)
  const [replyTo, setReplyTo] = useState<ChatMessage | null>(null)
  const self = people.find(({ isSelf }) => isSelf)?.accountId ?? ''

  useEffect(() => {
    talk.setChatOpen(true)
    return () => {
      talk.setChatOpen(false)
    }
  }, [talk])

  return (
    <SidePanel title={t('title')} closeLabel={t('close')} wide onClose={onClose}>
      <div className="border-b border-line px-5 pb-3">
        <Switch label={t('announce')} checked={aloud} onCheckedChange={setAnnouncements} />
      </div>
      <MessageList messages={chat} self={self} talk={talk} onReply={setReplyTo} />
      <Composer
        talk={talk}
        teacher={role === 'teacher'}
        mayWriteToAll={may.chat}
        replyTo={replyTo}
        onReplyEnd={() => {
          setReplyTo(null)
        }}
      />
    </SidePanel>
  )
}
