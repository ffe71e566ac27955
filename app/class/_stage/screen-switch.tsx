'use client'

/**
 * Chooses among shared screens, and brings one back that something else stands before. What is chosen
 * here is pinned for this view alone.
 */
import { MonitorUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { type Focus, type Person, sameFocus, sharersOf, type Talk } from '../../_call/index.ts'

/** Nothing where the only screen is in front, or none is shared. */
export function ScreenSwitch(props: {
  talk: Talk
  people: readonly Person[]
  focus: Focus | null
}): ReactNode {
  const { talk, people, focus } = props
  const t = useTranslations('talk.stage')
  const screens = sharersOf(people).filter(({ isSelf, memberId }) =>
    isSelf ? sameFocus(focus, { memberId, source: 'screen' }) : true,
  )
  const onlyOneInFront = screens.length === 1 && focus?.source === 'screen'
  if (screens.length === 0 || onlyOneInFront) return null
  return (
    <div role="toolbar" aria-label={t('screens')} className="flex shrink-0 gap-2 overflow-x-auto">
      {screens.map(({ memberId, name }) => {
        const screen: Focus = { memberId, source: 'screen' }
        const shown = sameFocus(focus, screen)
        return (
          <button
            key={memberId}
            type="button"
            aria-pressed={shown}
            className="flex h-9 max-w-64 shrink-0 items-center gap-2 rounded-full border border-line bg-raised px-3.5 text-sm text-ink-muted hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
            onClick={() => {
              talk.setPin(screen)
            }}
          >
            <MonitorUp aria-hidden="true" className="size-4 shrink-0" />
            <bdi className="truncate">{t('screenOf', { name })}</bdi>
          </button>
        )
      })}
    </div>
  )
}
