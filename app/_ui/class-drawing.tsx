/**
 * A drawing of what the product is: people in tiles, and a ring that says how the class is doing. It
 * shows nobody and no real reading.
 */
import type { ReactNode } from 'react'

interface Tile {
  x: number
  y: number
  hue: number
  lean: number
}

const TILES: readonly Tile[] = [
  { x: 0, y: 0, hue: 60, lean: 0 },
  { x: 1, y: 0, hue: 195, lean: -6 },
  { x: 2, y: 0, hue: 25, lean: 5 },
  { x: 0, y: 1, hue: 285, lean: 4 },
  { x: 1, y: 1, hue: 145, lean: 0 },
  { x: 2, y: 1, hue: 240, lean: -4 },
]

const WIDTH = 172
const HEIGHT = 128
const GAP = 14

const RADIUS = 44
const ROUND = 2 * Math.PI * RADIUS
/** Shares of the ring, in parts of 12: where each begins, how long it is, its colour. */
const SHARES = [
  { from: 0, parts: 5, look: 'stroke-emotion-happy' },
  { from: 5, parts: 4, look: 'stroke-emotion-neutral' },
  { from: 9, parts: 2, look: 'stroke-emotion-surprise' },
  { from: 11, parts: 1, look: 'stroke-emotion-unclear' },
] as const

/** The drawing, named for those who cannot see it. */
export function ClassDrawing({ label }: { label: string }): ReactNode {
  return (
    <svg viewBox="0 0 560 330" role="img" aria-label={label} className="w-full overflow-visible">
      <g transform="translate(8 8)">
        {TILES.map(({ x, y, hue, lean }) => (
          <g
            key={`${x} ${y}`}
            style={{ '--hue': hue }}
            transform={`translate(${x * (WIDTH + GAP)} ${y * (HEIGHT + GAP)})`}
          >
            <clipPath id={`tile-${x}-${y}`}>
              <rect width={WIDTH} height={HEIGHT} rx="16" />
            </clipPath>
            <rect
              width={WIDTH}
              height={HEIGHT}
              rx="16"
              className="fill-[oklch(0.93_0.03_var(--hue))] dark:fill-[oklch(0.32_0.03_var(--hue))]"
            />
            <g
              clipPath={`url(#tile-${x}-${y})`}
              className="fill-[oklch(0.74_0.07_var(--hue))] dark:fill-[oklch(0.56_0.06_var(--hue))]"
            >
              <g transform={`rotate(${lean} ${WIDTH / 2} ${HEIGHT})`}>
                <circle cx={WIDTH / 2} cy="56" r="23" />
                <path d={`M${WIDTH / 2 - 46} 150c0-40 20-60 46-60s46 20 46 60z`} />
              </g>
            </g>
          </g>
        ))}
      </g>
      <g transform="translate(392 176)">
        <rect
          width="160"
          height="160"
          rx="22"
          className="fill-raised stroke-line drop-shadow-[0_12px_28px_oklch(0.3_0.03_70/0.22)]"
        />
        <g transform="translate(80 80) rotate(-90)" fill="none" strokeWidth="20">
          {SHARES.map(({ from, parts, look }) => (
            <circle
              key={look}
              r={RADIUS}
              className={look}
              strokeDasharray={`${(parts / 12) * ROUND - 3} ${ROUND - (parts / 12) * ROUND + 3}`}
              strokeDashoffset={(-from / 12) * ROUND}
            />
          ))}
        </g>
      </g>
    </svg>
  )
}
