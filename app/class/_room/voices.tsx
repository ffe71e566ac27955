'use client'

/**
 * Plays everybody's sound, whether their tile is in sight or not. One's own is never played. Where
 * the browser holds sound back, a button turns it on.
 */
import { Volume2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Person, Speaker } from '../../_call/index.ts'
import { Button } from '../../_ui/button.tsx'
import { useStore } from '../_state/use-store.ts'

/** The sound of all others. */
export function Voices(props: { people: readonly Person[]; speaker: Speaker }): ReactNode {
  const { people, speaker } = props
  const t = useTranslations('class.room')
  const [blocked, setBlocked] = useState(false)
  const [attempt, setAttempt] = useState(0)
  return (
    <>
      {people
        .filter(({ isSelf }) => !isSelf)
        .flatMap(({ feeds }) => [feeds.microphone?.track, feeds['screen-audio']?.track])
        .filter((track) => track !== null && track !== undefined)
        .map((track) => (
          <Voice
            key={track.id}
            track={track}
            speaker={speaker}
            attempt={attempt}
            onBlocked={() => {
              setBlocked(true)
            }}
          />
        ))}
      {blocked ? (
        <div
          role="alert"
          className="fixed inset-x-4 bottom-28 z-30 mx-auto flex w-fit items-center gap-4 rounded-card border border-line bg-raised p-4 text-sm shadow-over"
        >
          <Volume2 aria-hidden="true" className="size-5 text-ink-muted" />
          {t('soundBlocked')}
          <Button
            size="sm"
            onClick={() => {
              setBlocked(false)
              setAttempt(attempt + 1)
            }}
          >
            {t('soundOn')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function Voice(props: {
  track: MediaStreamTrack
  speaker: Speaker
  attempt: number
  onBlocked: () => void
}): ReactNode {
  const { track, speaker, attempt, onBlocked } = props
  const output = useStore(speaker.state)
  const element = useRef<HTMLAudioElement>(null)
  const blocked = useRef(onBlocked)

  useEffect(() => {
    blocked.current = onBlocked
  })

  useEffect(() => {
    if (element.current !== null) void speaker.route(element.current)
  }, [speaker, output])

  useEffect(() => {
    const { current } = element
    if (current === null) return
    current.srcObject = new MediaStream([track])
    current.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') blocked.current()
    })
    return () => {
      current.srcObject = null
    }
  }, [track, attempt])

  return <audio ref={element} autoPlay />
}
