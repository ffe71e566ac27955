'use client'

/** A picture with a numbered box for each face; the chosen face has its words beside it. */
import { useCallback, type ReactNode } from 'react'
import { CANVAS_COLOURS, unitOf } from '../draw.ts'
import { useWords } from '../use-words.ts'
import type { FaceReading } from '../../../_emotion/reader.ts'

export function FacePicture(props: {
  picture: Blob
  width: number
  height: number
  faces: readonly FaceReading[]
  current?: number
  alt: string
}): ReactNode {
  const { picture, width, height, faces, current, alt } = props
  const words = useWords()
  const show = useShownBlob(picture)
  const largest = Math.max(width, height) / 40
  return (
    <div
      className="relative mx-auto max-h-[32rem] max-w-full overflow-hidden rounded-control bg-sunken"
      style={{ aspectRatio: `${width} / ${height}` }}
    >
      {/* A blob of this tab: there is nothing for an image server to make better. */}
      {/* eslint-disable-next-line @next/next/no-img-element */}
      <img ref={show} alt={alt} width={width} height={height} className="size-full" />
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${String(width)} ${String(height)}`}
        className="absolute inset-0 size-full"
      >
        {inFront(faces, current).map(([index, face]) => {
          const { box, emotion, lines } = words.labelled(face)
          const chosen = index === current || faces.length <= 6
          // Of a crowd the numbers stand small in the corners of their boxes, and one face has its words.
          const unit = chosen ? largest : unitOf(box, largest) * 1.3
          const label = chosen ? `${index + 1} · ${lines[0] ?? ''}` : String(index + 1)
          const wide = label.length * unit * 0.58 + unit * 0.6
          const above = box.y - unit * 1.5 < 0 ? box.y + box.height : box.y - unit * 1.5
          const top = chosen ? above : box.y
          const left = Math.max(0, Math.min(box.x, width - wide))
          return (
            <g key={index} opacity={index === current || current === undefined ? 1 : 0.85}>
              <rect
                {...box}
                fill="none"
                stroke="black"
                strokeOpacity="0.6"
                strokeWidth={unit / 3}
              />
              <rect
                {...box}
                fill="none"
                stroke={CANVAS_COLOURS[emotion ?? 'unclear']}
                strokeWidth={index === current ? unit / 4 : unit / 7}
              />
              <rect x={left} y={top} width={wide} height={unit * 1.5} fill="#14120f" />
              <text x={left + unit * 0.3} y={top + unit * 1.1} fontSize={unit} fill="white">
                {label}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}

/** Faces with their places, the chosen one drawn last and so above all others. */
function inFront(
  faces: readonly FaceReading[],
  current: number | undefined,
): readonly (readonly [number, FaceReading])[] {
  const behind = [...faces.entries()].filter(([index]) => index !== current)
  const chosen = current === undefined ? undefined : faces[current]
  return chosen === undefined || current === undefined ? behind : [...behind, [current, chosen]]
}

/** Shows a blob in an image for as long as both are there. */
function useShownBlob(blob: Blob): (image: HTMLImageElement) => () => void {
  return useCallback(
    (image) => {
      const url = URL.createObjectURL(blob)
      image.src = url
      return () => {
        URL.revokeObjectURL(url)
      }
    },
    [blob],
  )
}
