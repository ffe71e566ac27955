/**
 * A word or two about the state of a thing, beside its name. It must never be told by colour alone.
 */
import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

const style = cva(
  'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap',
  {
    variants: {
      tone: {
        neutral: 'bg-sunken text-ink-muted',
        accent: 'bg-accent-soft text-accent-ink',
        success: 'bg-success-soft text-success-ink',
        warning: 'bg-warning-soft text-warning-ink',
        danger: 'bg-danger-soft text-danger-ink',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
)

/** A small label. `live` adds a pulsing dot for what is happening right now. */
export function Badge(
  props: ComponentProps<'span'> & VariantProps<typeof style> & { live?: boolean },
): ReactNode {
  const { tone, live, className, children, ...rest } = props
  return (
    <span className={cx(style({ tone }), className)} {...rest}>
      {live ? (
        <span aria-hidden="true" className="size-2 animate-pulse rounded-full bg-current" />
      ) : null}
      {children}
    </span>
  )
}
