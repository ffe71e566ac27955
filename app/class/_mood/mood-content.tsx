'use client'

/**
 * What stands in the chart, wherever it stands: the choice of views, the hint, the last interval, the
 * class so far; or, while a shared screen may show it, nothing of all that.
 */
import { EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ReadingsState } from '../../_call/readings/state.ts'
import type { ReadingsMode } from '../../_vault/verbs.ts'
import { Button } from '../../_ui/button.tsx'
import { cx } from '../../_ui/cx.ts'
import { ClassHint } from './class-hint.tsx'
import { IntervalView, Words } from './interval-view.tsx'
import { TimelineView } from './timeline-view.tsx'
import type { Blanking } from './use-blanking.ts'
import { type View, type Views, VIEWS } from './views.ts'

export interface MoodContentProps {
  state: Pick<ReadingsState, 'totals' | 'timeline'>
  mode: ReadingsMode
  blanking: Blanking
  views: Views
  onView: (view: View) => void
}

/** The body of the figure. */
export function MoodContent(props: MoodContentProps): ReactNode {
  const { state, mode, blanking, views, onView } = props
  const t = useTranslations('mood')
  const tClass = useTranslations('class.mood')
  if (blanking.blanked !== null) return <Blanked blanking={blanking} />
  // A check-in says how someone feels, and nothing of engagement.
  const offered = VIEWS.filter((view) => view !== 'engagement' || mode === 'expression')
  const nothing = !views.emotions && !(views.engagement && mode === 'expression')
  return (
    <div className="grid">
      <ClassHint timeline={state.timeline} />
      <div className="grid gap-3">
        <div role="group" aria-label={t('views')} className="flex flex-wrap gap-1.5">
          {offered.map((view) => (
            <button
              key={view}
              type="button"
              aria-pressed={views[view]}
              onClick={() => {
                onView(view)
              }}
              className={cx(
                'h-8 rounded-full border px-2.5 text-xs font-medium transition-colors',
                views[view]
                  ? 'border-accent bg-accent-soft text-accent-ink'
                  : 'border-line-strong/60 text-ink-muted hover:border-line-strong',
              )}
            >
              {t(view)}
            </button>
          ))}
        </div>
        {nothing ? (
          <Words text={t('nothingChosen')} />
        ) : (
          <>
            <IntervalView totals={state.totals} mode={mode} views={views} />
            {views.timeline ? (
              <TimelineView timeline={state.timeline} mode={mode} views={views} />
            ) : null}
          </>
        )}
        {mode === 'expression' ? (
          <a
            href="/model-card"
            target="_blank"
            rel="noopener"
            className="justify-self-start text-xs text-ink-muted underline underline-offset-2 hover:text-ink"
          >
            {tClass('modelCard')}
          </a>
        ) : null}
        {blanking.anyway ? (
          <Button variant="secondary" size="sm" onClick={blanking.hide}>
            {t('blanked.hide')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function Blanked({ blanking }: { blanking: Blanking }): ReactNode {
  const t = useTranslations('mood.blanked')
  return (
    <div className="grid min-h-32 content-center justify-items-center gap-3 py-2 text-center">
      <EyeOff aria-hidden="true" className="size-6 text-ink-muted" />
      <p role="status" className="text-sm leading-relaxed text-ink-muted">
        {blanking.blanked === 'asking' ? t('asking') : t('text')}
      </p>
      {blanking.blanked === 'shared' ? (
        <Button variant="secondary" size="sm" onClick={blanking.showAnyway}>
          {t('show')}
        </Button>
      ) : null}
    </div>
  )
}
