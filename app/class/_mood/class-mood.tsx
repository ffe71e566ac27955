'use client'

/**
 * The mood of the class as a whole, floating over the lesson or in a window of its own: totals of the
 * last interval and of the class so far, as the vault hands them out. It must never show anybody's
 * own reading, nor anything below the minimum group.
 */
import { GripHorizontal, PictureInPicture2, Undo2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { Readings } from '../../_call/readings/readings.ts'
import { toast } from '../../_ui/toaster.tsx'
import { useStore } from '../_state/use-store.ts'
import { MoodContent, type MoodContentProps } from './mood-content.tsx'
import { type SharedScreen, useBlanking } from './use-blanking.ts'
import { useFloating } from './use-floating.ts'
import { usePopOut } from './use-pop-out.ts'
import { useViews } from './views.ts'

/** A `figure` named *Class mood*; absent while the class has no readings. */
export function ClassMood(props: { readings: Readings; screen: SharedScreen }): ReactNode {
  const { readings, screen } = props
  const state = useStore(readings.state)
  const mode = state.entry?.readings ?? 'off'
  return mode === 'off' ? null : <Chart screen={screen} state={state} mode={mode} />
}

function Chart(
  props: Pick<MoodContentProps, 'state' | 'mode'> & { screen: SharedScreen },
): ReactNode {
  const { screen, state, mode } = props
  const t = useTranslations('mood')
  const name = useTranslations('class.mood')('name')
  const popOut = usePopOut(name)
  const blanking = useBlanking(screen)
  const [views, onView] = useViews()
  /** Whoever pressed a button that went away finds the focus where its counterpart stands. */
  const [moved, setMoved] = useState(false)
  const content = { state, mode, blanking, views, onView }
  if (popOut.body === null) {
    return (
      <Floating
        content={content}
        takeFocus={moved}
        onPopOut={async () => {
          if (await popOut.open()) setMoved(true)
          else toast.error(t('popOutBlocked'))
        }}
      />
    )
  }
  return (
    <>
      <Away onPutBack={popOut.close} />
      {createPortal(<InWindow content={content} onPutBack={popOut.close} />, popOut.body)}
    </>
  )
}

function Floating(props: {
  content: MoodContentProps
  takeFocus: boolean
  onPopOut: () => void
}): ReactNode {
  const { content, takeFocus, onPopOut } = props
  const t = useTranslations('class.mood')
  const more = useTranslations('mood')
  const figure = useRef<HTMLElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const { place, style, handle } = useFloating(figure, 'class-mood')
  const placed = place !== null
  useEffect(() => {
    if (takeFocus && placed) button.current?.focus()
  }, [takeFocus, placed])
  return (
    <figure
      ref={figure}
      aria-label={t('name')}
      data-interval={content.state.totals?.interval}
      style={style}
      className="fixed top-0 left-0 z-30 flex w-56 flex-col rounded-panel border border-line bg-raised shadow-over sm:w-68"
    >
      <div className="flex shrink-0 items-center gap-1 pr-2">
        <button
          type="button"
          aria-label={t('move')}
          data-command="mood"
          title={t('moveHint')}
          className="flex h-11 min-w-0 flex-1 cursor-grab touch-none items-center justify-between gap-2 rounded-tl-panel pl-4 text-sm font-semibold select-none active:cursor-grabbing"
          {...handle}
        >
          <span aria-hidden="true">{t('name')}</span>
          <GripHorizontal aria-hidden="true" className="size-5 text-ink-muted" />
        </button>
        <button
          ref={button}
          type="button"
          aria-label={more('popOut')}
          title={more('popOut')}
          onClick={onPopOut}
          className="grid size-9 shrink-0 place-items-center rounded-full text-ink-muted hover:bg-sunken hover:text-ink"
        >
          <PictureInPicture2 aria-hidden="true" className="size-4.5" />
        </button>
      </div>
      <div className="min-h-0 overflow-y-auto px-4 pt-0.5 pb-4">
        <MoodContent {...content} />
      </div>
    </figure>
  )
}

/** Where the chart stood, while it is in its own window. */
function Away({ onPutBack }: { onPutBack: () => void }): ReactNode {
  const t = useTranslations('mood')
  const box = useRef<HTMLDivElement>(null)
  const { style } = useFloating(box, 'class-mood')
  return (
    <div
      ref={box}
      style={style}
      className="fixed top-0 left-0 z-30 grid w-56 gap-2 rounded-panel border border-line bg-raised p-4 text-sm shadow-floating sm:w-68"
    >
      <p className="leading-relaxed text-ink-muted">{t('away')}</p>
      <PutBack onPutBack={onPutBack} />
    </div>
  )
}

function InWindow(props: { content: MoodContentProps; onPutBack: () => void }): ReactNode {
  const { content, onPutBack } = props
  const t = useTranslations('class.mood')
  return (
    <figure
      aria-label={t('name')}
      data-interval={content.state.totals?.interval}
      className="grid min-h-dvh content-start gap-3 bg-surface p-4 text-ink"
    >
      <div className="flex items-center justify-between gap-3">
        <h1 className="text-sm font-semibold">{t('name')}</h1>
        <PutBack onPutBack={onPutBack} />
      </div>
      <MoodContent {...content} />
    </figure>
  )
}

function PutBack({ onPutBack }: { onPutBack: () => void }): ReactNode {
  const t = useTranslations('mood')
  return (
    <button
      type="button"
      onClick={onPutBack}
      className="flex h-9 w-fit items-center gap-2 rounded-control px-2.5 text-sm font-medium text-accent-ink hover:bg-accent-soft"
    >
      <Undo2 aria-hidden="true" className="size-4" />
      {t('putBack')}
    </button>
  )
}
