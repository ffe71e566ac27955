'use client'

/**
 * While this device shares its screen: what is shared, whether letters or motion matter, and what
 * ended it where that was not the person. It must never cover the people.
 */
import { MonitorUp, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, type ReactNode } from 'react'
import type { ScreenHint, ScreenShare } from '../../_call/index.ts'
import { IconButton } from '../../_ui/button.tsx'
import { cx } from '../../_ui/cx.ts'
import { useStore } from '../_state/use-store.ts'
import { knownShareProblem } from './share-problem.ts'

/** A line above the people; nothing while nothing is shared. */
export function ShareStatus({ screen }: { screen: ScreenShare }): ReactNode {
  const t = useTranslations('talk.share')
  const { phase, surface, hint, audioTrack, problem } = useStore(screen.state)
  if (phase !== 'on' || surface === null) {
    // What kept a share from starting was said by the button; a refusal comes later.
    return problem === null ? null : (
      <div className={cx(LINE, 'bg-warning-soft text-warning-ink')}>
        <p role="status" className="min-w-0 flex-1 basis-56">
          {t(`problem.${knownShareProblem(problem)}`)}
        </p>
        <IconButton
          label={t('dismiss')}
          size="sm"
          round
          onClick={() => {
            screen.stop()
          }}
        >
          <X aria-hidden="true" />
        </IconButton>
      </div>
    )
  }
  return (
    <div className={cx(LINE, 'bg-accent-soft text-accent-ink')}>
      <MonitorUp aria-hidden="true" className="size-4.5 shrink-0" />
      <p role="status" className="min-w-0 flex-1 basis-56">
        {t(`sharing.${surface}`)} {audioTrack === null ? t('withoutSound') : t('withSound')}
      </p>
      <HintChoice
        hint={hint}
        onHint={(wanted) => {
          screen.setHint(wanted)
        }}
      />
    </div>
  )
}

const LINE =
  'mx-3 mb-2 flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-card px-4 py-1.5 text-sm sm:mx-4'

const HINTS: readonly ScreenHint[] = ['text', 'motion']

function HintChoice(props: { hint: ScreenHint; onHint: (hint: ScreenHint) => void }): ReactNode {
  const { hint, onHint } = props
  const t = useTranslations('talk.share')
  const name = useId()
  return (
    <fieldset className="flex rounded-full bg-raised/70 p-0.5">
      <legend className="sr-only">{t('hint')}</legend>
      {HINTS.map((value) => (
        <label
          key={value}
          className="cursor-pointer rounded-full px-3 py-1 text-ink-muted has-checked:bg-raised has-checked:text-ink has-checked:shadow-resting has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={value === hint}
            onChange={() => {
              onHint(value)
            }}
          />
          {t(`hints.${value}`)}
        </label>
      ))}
    </fieldset>
  )
}
