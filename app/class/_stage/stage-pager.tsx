'use client'

/** Turns the pages of the tiles: over the grid, or at the end of a strip. */
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Rect } from '../../_call/index.ts'
import { IconButton } from '../../_ui/button.tsx'
import { cx } from '../../_ui/cx.ts'

/** Nothing where one page holds all. */
export function StagePager(props: {
  range: { page: number; pages: number }
  /** Where a strip keeps room for it; null over a grid. */
  place: Rect | null
  onPage: (page: number) => void
}): ReactNode {
  const { range, place, onPage } = props
  const { page, pages } = range
  const t = useTranslations('class.room')
  if (pages <= 1) return null
  const row = place !== null && place.height > 60
  return (
    <nav
      aria-label={t('pages')}
      style={
        place === null
          ? undefined
          : { left: place.x, top: place.y, width: place.width, height: place.height }
      }
      className={cx(
        'flex items-center',
        place === null &&
          'absolute inset-x-0 bottom-2 mx-auto w-fit gap-1 rounded-full border border-line bg-raised p-1 shadow-floating',
        place !== null && 'pointer-events-none absolute justify-between *:pointer-events-auto',
      )}
    >
      <IconButton
        label={t('previousPage')}
        size="sm"
        round
        disabled={page === 0}
        onClick={() => {
          onPage(page - 1)
        }}
      >
        <ChevronLeft aria-hidden="true" />
      </IconButton>
      <span
        className={cx('px-2 text-sm text-ink-muted tabular-nums', row && 'sr-only')}
        aria-live="polite"
      >
        {t('page', { page: page + 1, pages })}
      </span>
      <IconButton
        label={t('nextPage')}
        size="sm"
        round
        disabled={page === pages - 1}
        onClick={() => {
          onPage(page + 1)
        }}
      >
        <ChevronRight aria-hidden="true" />
      </IconButton>
    </nav>
  )
}
