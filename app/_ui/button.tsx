'use client'

/**
 * Buttons, and links that look like them. A button that is busy keeps its width, says what it is
 * doing and cannot be pressed twice. It must never stand for an action that has no words.
 */
import { cva, type VariantProps } from 'class-variance-authority'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import { SpinnerRing } from './spinner.tsx'
import { Tooltip } from './tooltip.tsx'

/** Class names of a button, for elements that must look like one. */
export const buttonStyle = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium select-none',
    'transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-55',
    'aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4.5 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent shadow-resting hover:bg-accent-hover',
        secondary:
          'border border-line-strong/60 bg-raised text-ink shadow-resting hover:border-line-strong hover:bg-sunken',
        quiet: 'text-ink hover:bg-sunken',
        danger: 'bg-danger text-on-danger shadow-resting hover:bg-danger-hover',
        dangerQuiet: 'text-danger-ink hover:bg-danger-soft',
      },
      size: {
        sm: 'h-9 px-3 text-sm',
        md: 'h-11 px-4 text-[0.9375rem]',
        lg: 'h-13 px-6 text-base',
      },
      shape: { text: '', icon: 'aspect-square px-0', iconRound: 'aspect-square rounded-full px-0' },
      wide: { true: 'w-full' },
    },
    defaultVariants: { variant: 'primary', size: 'md', shape: 'text' },
  },
)

type Look = Pick<VariantProps<typeof buttonStyle>, 'variant' | 'size' | 'wide'>

export interface ButtonProps extends ComponentProps<'button'>, Look {
  /** Words shown in place of the label while the action runs; set, the button is busy. */
  busy?: string | false
}

/** A button with words. `type` is "button" unless said otherwise, so that it never submits by chance. */
export function Button(props: ButtonProps): ReactNode {
  const { variant, size, wide, busy, className, children, onClick, type, ...rest } = props
  const isBusy = typeof busy === 'string'
  return (
    <button
      type={isBusy ? 'button' : (type ?? 'button')}
      className={cx(buttonStyle({ variant, size, wide }), className)}
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? undefined : onClick}
      {...rest}
    >
      {isBusy ? (
        <>
          <SpinnerRing />
          <span aria-live="polite">{busy}</span>
        </>
      ) : (
        children
      )}
    </button>
  )
}

/** A link that looks like a button; for going somewhere, never for doing something. */
export function ButtonLink(props: ComponentProps<typeof Link> & Look): ReactNode {
  const { variant, size, wide, className, ...rest } = props
  return <Link className={cx(buttonStyle({ variant, size, wide }), className)} {...rest} />
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** The accessible name, also shown as a tooltip. */
  label: string
  variant?: Look['variant']
  size?: Look['size']
  round?: boolean
  /** Side of the tooltip. */
  side?: 'top' | 'right' | 'bottom' | 'left'
}

/** A button that shows an icon; its name is a tooltip for those who see and the name for those who do not. */
export function IconButton(props: IconButtonProps): ReactNode {
  const { label, variant = 'quiet', size, round, side, className, type, ...rest } = props
  return (
    <Tooltip text={label} {...(side ? { side } : {})}>
      <button
        type={type ?? 'button'}
        aria-label={label}
        className={cx(
          buttonStyle({ variant, size, shape: round ? 'iconRound' : 'icon' }),
          className,
        )}
        {...rest}
      />
    </Tooltip>
  )
}
