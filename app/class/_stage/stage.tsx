'use client'

/**
 * The people as tiles, and before them what is shared, pinned or spotlit. Every tile has its place in
 * one plane and keeps it while people come and go. It tells the call what is in sight, and nothing
 * else is received.
 */
import { useTranslations } from 'next-intl'
import { useRef, useState, type ReactNode } from 'react'
import { focusShape, gridShape, pageRange } from '../../_call/index.ts'
import { Tile } from '../_room/tile.tsx'
import { useSpace } from '../_room/use-space.ts'
import { useTileOrder } from '../_room/use-tile-order.ts'
import type { Visit } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { FlyingReactions } from '../_talk/flying-reactions.tsx'
import { FrontNote } from './front-note.tsx'
import { ScreenSwitch } from './screen-switch.tsx'
import { ScreenTile } from './screen-tile.tsx'
import { StagePager } from './stage-pager.tsx'
import { useFocus } from './use-focus.ts'
import { type Seen, useSight } from './use-sight.ts'

/** Everyone in the class, a page at a time. */
export function Stage({ visit }: { visit: Visit }): ReactNode {
  const { call, talk } = visit
  const t = useTranslations('class.room')
  const { people, activeSpeakerId, phase, role } = useStore(call.state)
  const talked = useStore(talk.state)
  const frame = useRef<HTMLElement>(null)
  const space = useSpace(frame)
  const [wantedPage, setWantedPage] = useState(0)

  const focus = useFocus(people, talked)
  const inFront = people.find(({ memberId }) => memberId === focus?.memberId) ?? null
  const apart = focus?.source === 'camera' ? focus.memberId : null
  const total = people.length - (apart === null ? 0 : 1)
  const shape = focus === null ? gridShape(space, total) : focusShape(space, total)
  const range = pageRange(total, shape.capacity, wantedPage)
  const order = useTileOrder(people, activeSpeakerId, range)
  const page = order
    .filter((id) => id !== apart)
    .slice(range.start, range.end)
    .map((id) => people.find(({ memberId }) => memberId === id))
    .filter((person) => person !== undefined)

  const places = shape.places(page.length)
  const tiles = page.flatMap((person, index): Seen[] => {
    const place = places[index]
    return place === undefined ? [] : [{ person, source: 'camera', place }]
  })
  const front: Seen[] =
    focus === null || inFront === null || shape.focus === null
      ? []
      : [{ person: inFront, source: focus.source, place: shape.focus }]
  useSight(call, [...front, ...tiles])
  const cameras = [...tiles, ...front.filter(({ source }) => source === 'camera')]

  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2">
      <ScreenSwitch talk={talk} people={people} focus={focus} />
      <section ref={frame} aria-label={t('stage')} className="relative min-h-0 flex-1">
        {front
          .filter(({ source }) => source === 'screen')
          .map(({ person, place }) => (
            <ScreenTile key="screen" visit={visit} person={person} place={place} />
          ))}
        {cameras.map(({ person, place }) => (
          <Tile
            key={person.memberId}
            visit={visit}
            person={person}
            speaking={person.memberId === activeSpeakerId}
            {...place}
            hand={talked.hands.indexOf(person.accountId) + 1}
            reaction={
              talked.reactions.findLast(({ memberId }) => memberId === person.memberId)?.reaction ??
              null
            }
          />
        ))}
        {shape.focus === null ? null : (
          <FrontNote
            talk={talk}
            talked={talked}
            focus={focus}
            place={shape.focus}
            teacher={role === 'teacher'}
          />
        )}
        {people.length === 1 && phase === 'joined' && focus === null ? (
          <p className="pointer-events-none absolute inset-x-0 top-4 mx-auto w-fit animate-fade rounded-full bg-raised px-4 py-2 text-center text-sm text-ink-muted shadow-floating">
            {t('alone')}
          </p>
        ) : null}
        <StagePager range={range} place={shape.pager} onPage={setWantedPage} />
        <FlyingReactions reactions={talked.reactions} />
      </section>
    </div>
  )
}
