'use client'

/**
 * Plays one picture, fitted to its tile. It fades in with its first frame, so that no tile flashes
 * black; it never plays sound.
 */
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { cx } from '../../_ui/cx.ts'

/** A playing picture that fills its parent. */
export function TileVideo(props: {
  track: MediaStreamTrack
  mirrored?: boolean
  /** `contain` shows all of it, `cover` fills the tile. */
  fit?: 'cover' | 'contain'
}): ReactNode {
  const { track, mirrored = false, fit = 'cover' } = props
  const element = useRef<HTMLVideoElement>(null)
  const [shownTrack, setShownTrack] = useState<MediaStreamTrack | null>(null)

  useEffect(() => {
    const { current } = element
    if (current === null) return
    current.srcObject = new MediaStream([track])
    // A picture without sound may always play; it fails only when the element goes away first.
    current.play().catch(() => undefined)
    return () => {
      current.srcObject = null
    }
  }, [track])

  return (
    <video
      ref={element}
      autoPlay
      playsInline
      muted
      disablePictureInPicture
      onLoadedData={() => {
        setShownTrack(track)
      }}
      className={cx(
        'absolute inset-0 size-full transition-opacity duration-200',
        fit === 'cover' ? 'object-cover' : 'object-contain',
        mirrored && '-scale-x-100',
        shownTrack === track ? 'opacity-100' : 'opacity-0',
      )}
    />
  )
}
