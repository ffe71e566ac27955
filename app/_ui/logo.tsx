/**
 * The mark of Attune: a tuning fork and the sound that leaves it.
 */
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** The mark alone; decoration beside the name. */
export function LogoMark({ className }: { className?: string }): ReactNode {
  return (
    <svg
      viewBox="0 0 32 32"
      fill="none"
      aria-hidden="true"
      className={cx('size-8 text-accent', className)}
    >
      <g stroke="currentColor" strokeWidth="2.75" strokeLinecap="round">
        <path d="M11 5v8a5 5 0 0 0 10 0V5M16 18v9" />
        <path d="M5.5 7.5c-1.6 3-1.6 6 0 9M26.5 7.5c1.6 3 1.6 6 0 9" strokeOpacity="0.45" />
      </g>
    </svg>
  )
}

/** Mark and name. */
export function Logo({ className }: { className?: string }): ReactNode {
  return (
    <span className={cx('inline-flex items-center gap-2', className)}>
      <LogoMark />
      <span className="text-[1.1875rem] font-semibold tracking-tight">Attune</span>
    </span>
  )
}
