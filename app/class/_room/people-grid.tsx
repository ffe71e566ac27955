'use client'

/**
 * The people as tiles: pages of a grid whose tiles stay where they are. It tells the call what is in
 * sight, and nothing else is received.
 */
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import {
  type Call,
  fitGrid,
  GRID_GAP,
  pageCapacity,
  pageRange,
  type Person,
  type Sight,
} from '../../_call/index.ts'
import { IconButton } from '../../_ui/button.tsx'
import { useStore } from '../_state/use-store.ts'
import { Tile } from './tile.tsx'
import { useSpace } from './use-space.ts'
import { useTileOrder } from './use-tile-order.ts'

/** Everyone in the class, a page at a time. */
export function PeopleGrid({ call }: { call: Call }): ReactNode {
  const t = useTranslations('class.room')
  const { people, activeSpeakerId, phase } = useStore(call.state)
  const frame = useRef<HTMLElement>(null)
  const space = useSpace(frame)
  const [wantedPage, setWantedPage] = useState(0)

  const capacity = pageCapacity(space)
  const { page, pages, start, end } = pageRange(people.length, capacity, wantedPage)
  const order = useTileOrder(people, activeSpeakerId, { page, start, end })
  const visible = order
    .slice(start, end)
    .map((id) => people.find(({ memberId }) => memberId === id))
    .filter((person) => person !== undefined)
  // A last page with few people keeps the tiles of a full one, so that paging does not jump.
  const grid = fitGrid(space, pages > 1 ? capacity : visible.length)
  useSight(call, visible, grid.tileWidth, grid.tileHeight)

  return (
    <section
      ref={frame}
      aria-label={t('stage')}
      className="relative grid min-w-0 flex-1 place-content-center"
    >
      <div
        className="flex flex-wrap content-center justify-center"
        style={{
          gap: GRID_GAP,
          width: Math.ceil(grid.columns * grid.tileWidth + (grid.columns - 1) * GRID_GAP),
        }}
      >
        {visible.map((person) => (
          <Tile
            key={person.memberId}
            person={person}
            speaking={person.memberId === activeSpeakerId}
            width={grid.tileWidth}
            height={grid.tileHeight}
          />
        ))}
      </div>
      {people.length === 1 && phase === 'joined' ? (
        <p className="pointer-events-none absolute inset-x-0 bottom-5 mx-auto w-fit animate-fade rounded-full bg-raised px-4 py-2 text-center text-sm text-ink-muted shadow-floating">
          {t('alone')}
        </p>
      ) : null}
      {pages > 1 ? (
        <nav className="absolute inset-x-0 bottom-2 mx-auto flex w-fit items-center gap-1 rounded-full border border-line bg-raised p-1 shadow-floating">
          <IconButton
            label={t('previousPage')}
            size="sm"
            round
            disabled={page === 0}
            onClick={() => {
              setWantedPage(page - 1)
            }}
          >
            <ChevronLeft aria-hidden="true" />
          </IconButton>
          <span className="px-2 text-sm text-ink-muted tabular-nums" aria-live="polite">
            {t('page', { page: page + 1, pages })}
          </span>
          <IconButton
            label={t('nextPage')}
            size="sm"
            round
            disabled={page === pages - 1}
            onClick={() => {
              setWantedPage(page + 1)
            }}
          >
            <ChevronRight aria-hidden="true" />
          </IconButton>
        </nav>
      ) : null}
    </section>
  )
}

/** Tells the call which cameras are in sight, and how large. */
function useSight(
  call: Call,
  visible: readonly Person[],
  tileWidth: number,
  tileHeight: number,
): void {
  const ids = visible.filter(({ isSelf }) => !isSelf).map(({ memberId }) => memberId)
  const key = ids.join(' ')
  useEffect(() => {
    const width = Math.round(tileWidth * devicePixelRatio)
    const height = Math.round(tileHeight * devicePixelRatio)
    const sight = key
      .split(' ')
      .filter((memberId) => memberId !== '')
      .map((memberId): Sight => ({ memberId, source: 'camera', width, height }))
    call.setSight(sight)
  }, [call, key, tileWidth, tileHeight])
}
