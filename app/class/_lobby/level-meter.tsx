'use client'

/**
 * Shows how loud the microphone is, so that one sees before the class that it hears. It listens on
 * this device and must never keep a sound.
 */
import { useTranslations } from 'next-intl'
import { useEffect, useRef, type ReactNode } from 'react'
import { createLevelMeter } from '../../_call/index.ts'

/** How fast the bar falls back after a sound: the share of the last level that a frame keeps. */
const RELEASE = 0.9

/** A bar that follows the microphone's level. */
export function LevelMeter(props: { track: MediaStreamTrack | null; muted: boolean }): ReactNode {
  const { track, muted } = props
  const t = useTranslations('class.lobby')
  const bar = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (track === null || muted) return
    const meter = createLevelMeter(track)
    let shown = 0
    const { current } = bar
    let frame = requestAnimationFrame(function draw() {
      shown = Math.max(meter.read(), shown * RELEASE)
      show(current, shown)
      frame = requestAnimationFrame(draw)
    })
    return () => {
      cancelAnimationFrame(frame)
      meter.close()
      show(current, 0)
    }
  }, [track, muted])

  return (
    <div
      role="meter"
      aria-label={t('level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className="h-2 overflow-hidden rounded-full bg-line"
    >
      <div ref={bar} className="h-full origin-left scale-x-0 rounded-full bg-accent" />
    </div>
  )
}

/** Shows a level, 0 to 1, to those who see it and to those who ask for it. */
function show(bar: HTMLElement | null, level: number): void {
  if (bar === null) return
  // The very property that the class name sets: a transform would only come on top of it.
  bar.style.scale = `${level.toFixed(3)} 1`
  bar.parentElement?.setAttribute('aria-valuenow', String(Math.round(level * 100)))
}
