'use client'

/**
 * One person: a picture where there is one, initials where there is none, the name in any case. Its
 * place is given, so that nothing moves when a camera comes or goes.
 */
import { Hand, MicOff, Moon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo, type ReactNode } from 'react'
import type { Reaction } from '../../../sfu/protocol/index.ts'
import type { Person } from '../../_call/index.ts'
import { Avatar } from '../../_ui/avatar.tsx'
import { cx } from '../../_ui/cx.ts'
import { SpinnerRing } from '../../_ui/spinner.tsx'
import { TileBars } from '../_quality/quality-bars.tsx'
import type { Visit } from '../_state/classroom.ts'
import { TileMenu } from '../_stage/tile-menu.tsx'
import { SIGNS } from '../_talk/signs.ts'
import { TileVideo } from './tile-video.tsx'

export interface TileProps {
  visit: Visit
  person: Person
  speaking: boolean
  /** CSS pixels on the stage. */
  x: number
  y: number
  width: number
  height: number
  /** Place among the raised hands, from 1; 0 where the hand is down. */
  hand: number
  /** What the person shows now. */
  reaction: Reaction | null
}

/** A `group` named after the person. */
export const Tile = memo(function Tile(props: TileProps): ReactNode {
  const { visit, person, speaking, x, y, width, height, hand, reaction } = props
  const t = useTranslations('class.room')
  const hands = useTranslations('talk.hands')
  const { camera, microphone } = person.feeds
  const picture = camera && !camera.paused ? camera.track : null
  const muted = microphone === undefined || microphone.paused
  return (
    <div
      role="group"
      aria-label={person.name}
      data-theme="dark"
      style={{ left: x, top: y, width, height }}
      className={cx(
        'group/tile absolute isolate overflow-hidden rounded-card bg-sunken text-ink',
        // The ring comes at once: in a talk it moves about, and what fades over a picture is drawn at every frame.
        'after:pointer-events-none after:absolute after:inset-0 after:rounded-card',
        speaking
          ? 'after:shadow-[inset_0_0_0_3px_var(--accent)]'
          : 'after:shadow-[inset_0_0_0_1px_oklch(1_0_0/0.06)]',
      )}
    >
      <div className="absolute inset-0 grid place-items-center">
        <Avatar name={person.name} size={height < 120 ? 'md' : height < 190 ? 'lg' : 'xl'} />
      </div>
      {picture === null ? null : <TileVideo track={picture} mirrored={person.isSelf} />}
      {person.connected ? null : (
        <p className="absolute inset-0 grid place-content-center justify-items-center gap-2 bg-scrim text-sm">
          <SpinnerRing />
          {t('reconnectingPerson')}
        </p>
      )}
      <div className="pointer-events-none absolute top-2 left-2 flex items-center gap-1.5">
        {hand === 0 ? null : (
          <span
            role="img"
            aria-label={hands('place', { place: hand })}
            className="flex h-7 animate-rise items-center gap-1 rounded-full bg-[oklch(0.86_0.13_84)] px-2 text-xs font-semibold text-[oklch(0.25_0.04_70)] tabular-nums"
          >
            <Hand aria-hidden="true" className="size-4" />
            {hand}
          </span>
        )}
        {reaction === null ? null : (
          <span aria-hidden="true" className="animate-rise text-2xl leading-7">
            {SIGNS[reaction]}
          </span>
        )}
      </div>
      <p className="absolute bottom-2 left-2 flex max-w-[calc(100%-1rem)] items-center gap-1.5 rounded-lg bg-[oklch(0.16_0.008_72/0.78)] px-2.5 py-1 text-[0.8125rem] leading-5">
        {muted ? (
          <MicOff
            aria-label={t('muted')}
            role="img"
            className="size-3.5 shrink-0 text-danger-ink"
          />
        ) : null}
        {camera?.resting === true ? (
          <Moon aria-label={t('videoRests')} role="img" className="size-3.5 shrink-0" />
        ) : null}
        <TileBars quality={visit.quality} memberId={person.memberId} isSelf={person.isSelf} />
        <bdi className="truncate">
          {person.isSelf ? t('you', { name: person.name }) : person.name}
        </bdi>
      </p>
      <TileMenu visit={visit} person={person} source="camera" />
    </div>
  )
})
