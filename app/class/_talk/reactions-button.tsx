'use client'

/** Sends a sign to everyone that is gone in a moment. */
import { SmilePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Talk } from '../../_call/index.ts'
import { ToolbarButton } from '../_room/toolbar-button.tsx'
import { ReactionPicker } from './reaction-picker.tsx'
import { useSaid } from './use-said.ts'

/** *Reactions*. */
export function ReactionsButton({ talk }: { talk: Talk }): ReactNode {
  const t = useTranslations('talk.reactions')
  const said = useSaid()
  return (
    <ReactionPicker
      label={t('title')}
      trigger={<ToolbarButton label={t('title')} icon={<SmilePlus aria-hidden="true" />} />}
      onPick={(reaction) => {
        void said(() => talk.react(reaction))
      }}
    />
  )
}
