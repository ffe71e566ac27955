'use client'

/** Sends a sign to everyone that is gone in a moment. */
import { SmilePlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Talk } from '../../_call/index.ts'
import { ToolbarButton } from '../_room/toolbar-button.tsx'
import { useOnDemand } from '../_state/use-on-demand.ts'
import { useSaid } from './use-said.ts'

const load = async () => (await import('./reaction-picker.tsx')).ReactionPicker

/** *Reactions*. */
export function ReactionsButton({ talk }: { talk: Talk }): ReactNode {
  const t = useTranslations('talk.reactions')
  const said = useSaid()
  const [Picker, open] = useOnDemand(load)
  const face = { label: t('title'), icon: <SmilePlus aria-hidden="true" /> }
  if (Picker === null) return <ToolbarButton {...face} aria-haspopup="dialog" onClick={open} />
  return (
    <Picker
      defaultOpen
      label={t('title')}
      trigger={<ToolbarButton {...face} />}
      onPick={(reaction) => {
        void said(() => talk.react(reaction))
      }}
    />
  )
}
