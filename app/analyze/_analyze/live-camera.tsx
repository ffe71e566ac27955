'use client'

/**
 * The live camera with label, confidence and engagement on the picture. The camera is opened by the person's click and
 * closed with this part; frames go to the worker one at a time and are gone after it.
 */
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { Button } from '../../_ui/button.tsx'
import { Notice } from '../../_ui/card.tsx'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { drawFaces } from './draw.ts'
import { runLive, type LiveReading } from './live-loop.ts'
import type { Bench } from './use-analyzer.ts'
import { useWords } from './use-words.ts'

type State = 'off' | 'starting' | 'on'

export function LiveCamera({ bench }: { bench: Bench }): ReactNode {
  const t = useTranslations('analyze')
  const words = useWords()
  const video = useRef<HTMLVideoElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const running = useRef<AbortController | null>(null)
  const [state, setState] = useState<State>('off')
  const [problem, setProblem] = useState<string>()
  const [last, setLast] = useState<LiveReading>()

  const stop = (): void => {
    running.current?.abort()
    running.current = null
    setState('off')
    setLast(undefined)
  }
  useEffect(() => () => running.current?.abort(), [])

  const show = useEffectEvent((reading: LiveReading): void => {
    const target = canvas.current
    const g = target?.getContext('2d')
    if (!target || !g) return
    if (target.width !== reading.width || target.height !== reading.height) {
      target.width = reading.width
      target.height = reading.height
    }
    g.clearRect(0, 0, target.width, target.height)
    drawFaces(g, reading.faces.map(words.labelled), Math.max(14, reading.width / 36))
    if (reading.second) setLast(reading)
  })

  useEffect(() => {
    if (state !== 'starting' || video.current === null) return
    const control = new AbortController()
    running.current = control
    const element = video.current
    runLive({
      video: element,
      begin: bench.begin,
      signal: control.signal,
      now: () => performance.now(),
      onStart: () => {
        setState('on')
      },
      onReading: (reading) => {
        show(reading)
      },
    }).catch((error: unknown) => {
      if (control.signal.aborted) return
      setState('off')
      const name = error instanceof DOMException ? error.name : ''
      if (!window.isSecureContext) setProblem(t('problems.camera-insecure'))
      else if (name === 'NotAllowedError') setProblem(t('problems.camera-refused'))
      else if (name === '') setProblem(sentenceFor(error))
      else setProblem(t('problems.camera-missing'))
    })
    // The loop outlives the change of state that it makes itself; it ends by its signal.
  }, [state, bench, t])

  const keep = async (): Promise<void> => {
    const element = video.current
    if (element === null) return
    const still = new OffscreenCanvas(element.videoWidth, element.videoHeight)
    still.getContext('2d')?.drawImage(element, 0, 0)
    const blob = await still.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
    const time = new Date().toLocaleTimeString()
    await bench.analyzer.add([{ name: t('cameraShot', { time }), blob }])
  }

  const face = last?.faces[0]
  return (
    <div className="grid gap-4">
      {problem === undefined ? null : (
        <Notice tone="danger" alert>
          {problem}
        </Notice>
      )}
      <div className="relative mx-auto grid aspect-4/3 w-full max-w-2xl place-items-center overflow-hidden rounded-card bg-sunken">
        <video
          ref={video}
          muted
          playsInline
          aria-label={t('cameraVideo')}
          hidden={state === 'off'}
          className="absolute inset-0 size-full object-contain"
        />
        <canvas
          ref={canvas}
          aria-hidden="true"
          hidden={state !== 'on'}
          className="absolute inset-0 size-full object-contain"
        />
        {state === 'off' ? <p className="px-6 text-ink-muted">{t('cameraOff')}</p> : null}
      </div>
      <div className="flex min-h-11 flex-wrap items-center justify-center gap-3">
        {state === 'on' ? (
          <>
            <Button variant="secondary" onClick={stop}>
              {t('cameraStop')}
            </Button>
            <Button
              variant="secondary"
              onClick={() => {
                void keep()
              }}
            >
              {t('cameraKeep')}
            </Button>
          </>
        ) : (
          <Button
            busy={state === 'starting' && t('cameraStarting')}
            onClick={() => {
              setProblem(undefined)
              setState('starting')
            }}
          >
            {t('cameraStart')}
          </Button>
        )}
      </div>
      <div className="min-h-12 text-center">
        {last === undefined ? null : (
          <div data-rate={last.rate.toFixed(1)} data-ms={last.milliseconds.toFixed(1)}>
            <p className="font-medium">
              {face === undefined ? t('cameraNoFace') : words.labelled(face).lines.join(' · ')}
            </p>
            <p className="text-sm text-ink-muted tabular-nums">
              {t('cameraRate', {
                rate: Math.round(last.rate),
                ms: Math.round(last.milliseconds),
              })}
            </p>
          </div>
        )}
      </div>
    </div>
  )
}
