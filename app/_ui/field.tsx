'use client'

/**
 * The frame around a form control: label above, hint and error below, tied to the control for screen
 * readers. It must never show an error without saying what to do.
 */
import { CircleAlert } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { cx } from './cx.ts'

/** Class names of a text box, a select and their like. */
export const controlStyle = cx(
  'h-11 w-full rounded-control border border-line-strong/70 bg-raised px-3.5 text-base text-ink',
  'shadow-resting transition-colors placeholder:text-ink-muted hover:border-line-strong',
  'focus-visible:border-accent focus-visible:outline-offset-1 [&:is(input,textarea):read-only]:bg-sunken',
  'disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-danger',
)

export interface FieldTexts {
  label: string
  hint?: ReactNode
  /** What is wrong and what to do about it. */
  error?: string | undefined
  /** Shows the label to screen readers alone. */
  labelHidden?: boolean
}

/** What a control inside a field must carry to belong to its label, hint and error. */
export interface ControlIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps extends FieldTexts {
  className?: string | undefined
  children: (ids: ControlIds) => ReactNode
}

/** Label, control, hint and error in one column. */
export function Field(props: FieldProps): ReactNode {
  const { label, hint, error, labelHidden, className, children } = props
  const id = useId()
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className={cx('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-sm font-medium text-ink'}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': error ? true : undefined,
      })}
      {hint ? (
        <p id={`${id}-hint`} className="text-sm text-ink-muted">
          {hint}
        </p>
      ) : null}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}

/** The error under a control or a group; says nothing while there is none. */
export function FieldError({ id, error }: { id: string; error?: string | undefined }): ReactNode {
  if (!error) return null
  return (
    <p id={id} className="flex items-start gap-1.5 text-sm text-danger-ink">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {error}
    </p>
  )
}
