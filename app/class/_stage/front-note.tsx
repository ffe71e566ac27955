'use client'

/** Why something stands in front, where a person put it there, and the way to take it away. */
import { Pin, Sparkles, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { type Focus, type Rect, sameFocus, type Talk, type TalkState } from '../../_call/index.ts'
import { useSaid } from '../_talk/use-said.ts'

/** A note on the tile in front; nothing for a screen that simply is shared. */
export function FrontNote(props: {
  talk: Talk
  talked: TalkState
  focus: Focus | null
  place: Rect
  teacher: boolean
}): ReactNode {
  const { talk, talked, focus, place, teacher } = props
  const t = useTranslations('talk.stage')
  const said = useSaid()
  const pinned = talked.pin !== null && sameFocus(talked.pin, focus)
  const spotlit = !pinned && talked.spotlight !== null && sameFocus(talked.spotlight, focus)
  if (!pinned && !spotlit) return null
  const Icon = pinned ? Pin : Sparkles
  const mayEnd = pinned || teacher
  return (
    <p
      data-theme="dark"
      // Between a raised hand and the tile's menu.
      style={{ left: place.x + place.width / 2, top: place.y + 8, maxWidth: place.width - 128 }}
      className="absolute flex h-8 -translate-x-1/2 items-center gap-2 rounded-full bg-[oklch(0.16_0.008_72/0.85)] px-3 text-[0.8125rem] text-ink"
    >
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="truncate">{pinned ? t('pinned') : t('spotlit')}</span>
      {mayEnd ? (
        <button
          type="button"
          aria-label={pinned ? t('unpin') : t('endSpotlight')}
          className="-mr-2 grid size-6 place-items-center rounded-full hover:bg-line"
          onClick={() => {
            if (pinned) talk.setPin(null)
            else void said(() => talk.setSpotlight(null))
          }}
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      ) : null}
    </p>
  )
}
