'use client'

/**
 * The button that shares this device's screen, and ends it. A browser that cannot share, as on most
 * phones, has no such button.
 */
import { MonitorUp, MonitorX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ScreenShare } from '../../_call/index.ts'
import { toast } from '../../_ui/toaster.tsx'
import { ToolbarButton } from '../_room/toolbar-button.tsx'
import { useStore } from '../_state/use-store.ts'
import { knownShareProblem } from './share-problem.ts'

/** *Share screen* or *Stop sharing*. */
export function ShareButton({ screen }: { screen: ScreenShare }): ReactNode {
  const t = useTranslations('talk.share')
  const { phase, hint } = useStore(screen.state)
  if (!screen.supported) return null
  const on = phase === 'on'
  const press = async (): Promise<void> => {
    if (on) {
      screen.stop()
      return
    }
    if (phase === 'asking') return
    await screen.start(hint)
    const { problem } = screen.state.getState()
    if (problem !== null) toast.error(t(`problem.${knownShareProblem(problem)}`))
  }
  return (
    <ToolbarButton
      label={on ? t('stop') : t('start')}
      data-command="share"
      open={on}
      aria-disabled={phase === 'asking' || undefined}
      icon={on ? <MonitorX aria-hidden="true" /> : <MonitorUp aria-hidden="true" />}
      onClick={press}
    />
  )
}
