'use client'

/**
 * A shared screen, whole and unmirrored. One's own is shown only where it cannot show itself in
 * itself without end.
 */
import { Maximize, MonitorUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, type ReactNode } from 'react'
import { mayShowThisPage, type Person, type Rect } from '../../_call/index.ts'
import { IconButton } from '../../_ui/button.tsx'
import { SpinnerRing } from '../../_ui/spinner.tsx'
import { TileVideo } from '../_room/tile-video.tsx'
import type { Visit } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { TileMenu } from './tile-menu.tsx'

/** A `group` named after whose screen it is. */
export function ScreenTile(props: { person: Person; place: Rect; visit: Visit }): ReactNode {
  const { person, place, visit } = props
  const t = useTranslations('talk.stage')
  const element = useRef<HTMLDivElement>(null)
  const { surface } = useStore(visit.call.screen.state)
  const endless = person.isSelf && surface !== null && mayShowThisPage(surface)
  const track = person.feeds.screen?.track ?? null
  return (
    <div
      ref={element}
      role="group"
      aria-label={t('screenOf', { name: person.name })}
      data-theme="dark"
      style={{ left: place.x, top: place.y, width: place.width, height: place.height }}
      className="group/tile absolute isolate overflow-hidden rounded-card bg-[oklch(0.13_0.006_72)] text-ink"
    >
      {endless ? (
        <p className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-4 text-center text-sm text-ink-muted">
          <MonitorUp aria-hidden="true" className="size-8" />
          {t('ownScreen')}
        </p>
      ) : (
        <>
          <p className="absolute inset-0 grid place-content-center justify-items-center gap-2 text-sm text-ink-muted">
            <SpinnerRing />
            {t('waiting')}
          </p>
          {track === null ? null : <TileVideo track={track} fit="contain" />}
        </>
      )}
      <p className="absolute bottom-2 left-2 flex max-w-[calc(100%-4rem)] items-center gap-1.5 rounded-lg bg-[oklch(0.16_0.008_72/0.78)] px-2.5 py-1 text-[0.8125rem] leading-5">
        <MonitorUp aria-hidden="true" className="size-3.5 shrink-0" />
        <bdi className="truncate">{t('screenOf', { name: person.name })}</bdi>
      </p>
      <div className="absolute right-2 bottom-2">
        <IconButton
          label={t('fullScreen')}
          side="left"
          size="sm"
          round
          className="bg-raised/85"
          onClick={() => {
            // A browser that refuses leaves it as it is.
            element.current?.requestFullscreen().catch(() => undefined)
          }}
        >
          <Maximize aria-hidden="true" />
        </IconButton>
      </div>
      <TileMenu visit={visit} person={person} source="screen" />
    </div>
  )
}
