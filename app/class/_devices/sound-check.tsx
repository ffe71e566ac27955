'use client'

/**
 * The loudspeaker and the way that sound takes: which one, a tone on it, and the own voice played
 * back. What it records is played to the person alone and forgotten.
 */
import { AudioLines, Volume2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { LocalMedia, NoiseFilter, Speaker } from '../../_call/index.ts'
import { Button } from '../../_ui/button.tsx'
import { Select } from '../../_ui/select.tsx'
import { toast } from '../../_ui/toaster.tsx'
import { useStore } from '../_state/use-store.ts'
import { NoiseSwitch } from './noise-switch.tsx'

export interface SoundCheckProps {
  localMedia: LocalMedia
  speaker: Speaker
  noise: NoiseFilter
}

/** Noise, speaker, test tone and echo test. */
export function SoundCheck({ localMedia, speaker, noise }: SoundCheckProps): ReactNode {
  return (
    <div className="grid gap-4">
      <NoiseSwitch localMedia={localMedia} noise={noise} />
      <SpeakerPicker localMedia={localMedia} speaker={speaker} />
      <div className="flex flex-wrap items-start gap-3">
        <ToneButton speaker={speaker} />
        <EchoTest localMedia={localMedia} speaker={speaker} />
      </div>
    </div>
  )
}

function SpeakerPicker(props: { localMedia: LocalMedia; speaker: Speaker }): ReactNode {
  const { localMedia, speaker } = props
  const t = useTranslations('devices')
  const { deviceId, choices } = useStore(speaker.state)
  const { track } = useStore(localMedia.state).microphone
  // Outputs have names only once a microphone may be used.
  useEffect(() => {
    void speaker.list()
  }, [speaker, track])
  if (!speaker.supported || choices.length === 0) return null
  const options = choices.map((choice, index) => ({
    value: choice.deviceId,
    label: choice.label === '' ? t('unnamedSpeaker', { number: index + 1 }) : choice.label,
  }))
  const known = options.some(({ value }) => value === deviceId)
  return (
    <Select
      label={t('speaker')}
      options={known ? options : [{ value: '', label: t('systemSpeaker') }, ...options]}
      value={known && deviceId !== null ? deviceId : ''}
      onValueChange={(chosen) => {
        if (chosen !== '') speaker.choose(chosen)
      }}
    />
  )
}

function ToneButton({ speaker }: { speaker: Speaker }): ReactNode {
  const t = useTranslations('devices')
  const [playing, setPlaying] = useState(false)
  const play = async (): Promise<void> => {
    setPlaying(true)
    try {
      const { playTone } = await import('../../_call/devices/sound-check.ts')
      await playTone(speaker)
    } catch {
      toast.error(t('soundFailed'))
    }
    setPlaying(false)
  }
  return (
    <Button variant="secondary" size="sm" busy={playing && t('tonePlaying')} onClick={play}>
      <Volume2 aria-hidden="true" />
      {t('tone')}
    </Button>
  )
}

type Echo = 'idle' | 'recording' | 'playing' | 'done' | 'silent' | 'failed'

function EchoTest(props: { localMedia: LocalMedia; speaker: Speaker }): ReactNode {
  const { localMedia, speaker } = props
  const t = useTranslations('devices.echo')
  const { microphone } = useStore(localMedia.state)
  const [echo, setEcho] = useState<Echo>('idle')
  const ending = useRef(new AbortController())
  useEffect(() => {
    const controller = new AbortController()
    ending.current = controller
    return () => {
      controller.abort()
    }
  }, [])
  const { track } = microphone
  const start = async (): Promise<void> => {
    if (track === null) return
    const { signal } = ending.current
    setEcho('recording')
    try {
      const { playEcho, recordEcho } = await import('../../_call/devices/sound-check.ts')
      const { echo: recorded, heard } = await recordEcho(track, signal)
      setEcho('playing')
      await playEcho(recorded, speaker, signal)
      setEcho(heard ? 'done' : 'silent')
    } catch {
      if (!signal.aborted) setEcho('failed')
    }
  }
  const busy = echo === 'recording' || echo === 'playing'
  return (
    <>
      <Button
        variant="secondary"
        size="sm"
        disabled={track === null}
        busy={busy && t(echo)}
        onClick={start}
      >
        <AudioLines aria-hidden="true" />
        {t('start')}
      </Button>
      <p role="status" className="min-h-10 w-full text-sm leading-relaxed text-ink-muted">
        {track === null ? t('noMicrophone') : echo === 'idle' || busy ? t('hint') : t(echo)}
      </p>
    </>
  )
}
