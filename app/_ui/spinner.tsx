/**
 * Says that something is under way, in words: a turning ring alone tells a screen reader nothing and
 * a person little. It must never be the only sign of a wait longer than two seconds.
 */
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** The ring alone, for use beside words that say what is under way. */
export function SpinnerRing({ className }: { className?: string }): ReactNode {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      aria-hidden="true"
      className={cx('size-5 animate-spin', className)}
    >
      <circle cx="12" cy="12" r="9" stroke="currentColor" strokeOpacity="0.25" strokeWidth="2.5" />
      <path
        d="M21 12a9 9 0 0 0-9-9"
        stroke="currentColor"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
    </svg>
  )
}

/** A ring and the words that go with it, announced politely. */
export function Spinner({ text, className }: { text: string; className?: string }): ReactNode {
  return (
    <p
      aria-live="polite"
      className={cx('flex items-center gap-3 text-sm text-ink-muted', className)}
    >
      <SpinnerRing className="text-accent" />
      {text}
    </p>
  )
}

/** A spinner in the middle of an otherwise empty page or panel. */
export function LoadingState({ text }: { text: string }): ReactNode {
  return (
    <div className="grid min-h-64 animate-fade place-items-center p-8">
      <Spinner text={text} />
    </div>
  )
}
