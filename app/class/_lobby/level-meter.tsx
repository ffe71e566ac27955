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
    let frame = requestAnimationFrame(function draw() {
      shown = Math.max(meter.read(), shown * RELEASE)
      if (bar.current !== null) {
        bar.current.style.transform = `scaleX(${shown.toFixed(3)})`
        bar.current.parentElement?.setAttribute('aria-valuenow', String(Math.round(shown * 100)))
      }
      frame = requestAnimationFrame(draw)
    })
    const { current } = bar
    return () => {
      cancelAnimationFrame(frame)
      meter.close()
      if (current !== null) current.style.transform = 'scaleX(0)'
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
