'use client'

/**
 * A choice of one from a list, by the browser's own select: it is the one list that works alike by
 * keyboard, by screen reader and on a telephone. It must never hold an action.
 */
import { ChevronDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import { controlStyle, Field, type FieldTexts } from './field.tsx'

export interface SelectOption {
  value: string
  label: string
}

export interface SelectProps
  extends Omit<ComponentProps<'select'>, 'id' | 'children' | 'onChange'>, FieldTexts {
  options: readonly SelectOption[]
  /** Shown while nothing is chosen; it cannot be chosen itself. */
  placeholder?: string
  compact?: boolean
  onValueChange?: (value: string) => void
}

/** A labelled select. */
export function Select(props: SelectProps): ReactNode {
  const { label, hint, error, labelHidden, className, compact, ...control } = props
  const { options, placeholder, onValueChange, ...rest } = control
  return (
    <Field {...{ label, hint, error, className }} labelHidden={labelHidden ?? false}>
      {(ids) => (
        <div className="relative">
          <select
            className={cx(
              controlStyle,
              'appearance-none truncate pr-10',
              compact ? 'h-9 pl-3 text-sm' : '',
            )}
            onChange={(event) => onValueChange?.(event.currentTarget.value)}
            {...ids}
            {...rest}
          >
            {placeholder === undefined ? null : (
              <option value="" disabled>
                {placeholder}
              </option>
            )}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 right-3 my-auto size-4 text-ink-muted"
          />
        </div>
      )}
    </Field>
  )
}
