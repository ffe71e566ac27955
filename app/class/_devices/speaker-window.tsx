'use client'

/**
 * Whoever speaks, in the browser's small window over other programs. It shows a picture that the room
 * has already; it must never ask for one more.
 */
import { PictureInPicture } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Call, Person } from '../../_call/index.ts'
import { IconButton } from '../../_ui/button.tsx'
import { toast } from '../../_ui/toaster.tsx'
import { useStore } from '../_state/use-store.ts'

/** A button; absent where the browser has no such window, or nobody else has a picture. */
export function SpeakerWindow({ call }: { call: Call }): ReactNode {
  const t = useTranslations('devices.pip')
  const { people, activeSpeakerId } = useStore(call.state)
  const video = useRef<HTMLVideoElement>(null)
  const [open, setOpen] = useState(false)
  const track = pictureOf(people, activeSpeakerId)

  useEffect(() => {
    const { current } = video
    if (current === null || track === null) return
    current.srcObject = new MediaStream([track])
    // A picture without sound may always play; it fails only when the element goes away first.
    current.play().catch(() => undefined)
  }, [track])

  useEffect(() => {
    const { current } = video
    if (current === null) return
    const follow = (): void => {
      setOpen(document.pictureInPictureElement === current)
    }
    current.addEventListener('enterpictureinpicture', follow)
    current.addEventListener('leavepictureinpicture', follow)
    return () => {
      current.removeEventListener('enterpictureinpicture', follow)
      current.removeEventListener('leavepictureinpicture', follow)
    }
  }, [])

  if (!document.pictureInPictureEnabled) return null
  const press = async (): Promise<void> => {
    try {
      if (document.pictureInPictureElement !== null) await document.exitPictureInPicture()
      else await video.current?.requestPictureInPicture()
    } catch {
      toast.error(t('failed'))
    }
  }
  return (
    <>
      <video
        ref={video}
        muted
        playsInline
        aria-hidden="true"
        tabIndex={-1}
        className="pointer-events-none fixed size-px opacity-0"
      />
      {track === null && !open ? null : (
        <IconButton label={open ? t('close') : t('open')} size="sm" round onClick={press}>
          <PictureInPicture aria-hidden="true" />
        </IconButton>
      )}
    </>
  )
}

/** The picture of whoever speaks; else of a teacher, else of anybody else. */
function pictureOf(people: readonly Person[], speakerId: string | null): MediaStreamTrack | null {
  const seen = people.filter(
    ({ isSelf, feeds }) => !isSelf && feeds.camera?.paused === false && feeds.camera.track !== null,
  )
  const best =
    seen.find(({ memberId }) => memberId === speakerId) ??
    seen.find(({ role }) => role === 'teacher') ??
    seen[0]
  return best?.feeds.camera?.track ?? null
}
