'use client'

/** Raises or lowers one's own hand. The order is the class's; this only asks. */
import { Hand } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ToolbarButton } from '../_room/toolbar-button.tsx'
import type { Visit } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { useSaid } from './use-said.ts'

/** *Raise hand* or *Lower hand*. */
export function HandButton({ visit }: { visit: Visit }): ReactNode {
  const { call, talk } = visit
  const t = useTranslations('talk.hands')
  const said = useSaid()
  const { people } = useStore(call.state)
  const { hands } = useStore(talk.state)
  const self = people.find(({ isSelf }) => isSelf)
  const up = self !== undefined && hands.includes(self.accountId)
  return (
    <ToolbarButton
      label={up ? t('lower') : t('raise')}
      data-command="hand"
      open={up}
      icon={<Hand aria-hidden="true" />}
      onClick={() => said(() => talk.setHand(!up))}
    />
  )
}
