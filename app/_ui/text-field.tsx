'use client'

/**
 * Text boxes: one line, several lines, a password that can be shown, a number. They must never
 * change what a person typed.
 */
import { Eye, EyeOff } from 'lucide-react'
import { useState, type ComponentProps, type ReactNode } from 'react'
import { cx } from './cx.ts'
import { controlStyle, Field, type FieldTexts } from './field.tsx'

type Own<Tag extends 'input' | 'textarea'> = Omit<ComponentProps<Tag>, 'id' | 'children'> &
  FieldTexts

/** A text box of one line. */
export function TextField(props: Own<'input'>): ReactNode {
  const { label, hint, error, labelHidden, className, ...rest } = props
  return (
    <Field {...{ label, hint, error, className }} labelHidden={labelHidden ?? false}>
      {(ids) => <input type="text" className={controlStyle} {...ids} {...rest} />}
    </Field>
  )
}

/** A text box of several lines. */
export function TextArea(props: Own<'textarea'>): ReactNode {
  const { label, hint, error, labelHidden, className, ...rest } = props
  return (
    <Field {...{ label, hint, error, className }} labelHidden={labelHidden ?? false}>
      {(ids) => (
        <textarea
          rows={3}
          className={cx(controlStyle, 'h-auto min-h-24 py-2.5 leading-relaxed')}
          {...ids}
          {...rest}
        />
      )}
    </Field>
  )
}

export interface PasswordFieldProps extends Omit<Own<'input'>, 'type'> {
  showLabel: string
  hideLabel: string
}

/** A password, hidden until the person asks to see it. */
export function PasswordField(props: PasswordFieldProps): ReactNode {
  const { label, hint, error, labelHidden, showLabel, hideLabel, className, ...rest } = props
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <Field {...{ label, hint, error, className }} labelHidden={labelHidden ?? false}>
      {(ids) => (
        <div className="relative">
          <input
            type={shown ? 'text' : 'password'}
            className={cx(controlStyle, 'pr-12')}
            autoCapitalize="none"
            spellCheck={false}
            {...ids}
            {...rest}
          />
          <button
            type="button"
            aria-label={shown ? hideLabel : showLabel}
            aria-pressed={shown}
            onClick={() => {
              setShown(!shown)
            }}
            className="absolute inset-y-1 right-1 grid w-10 place-items-center rounded-lg text-ink-muted hover:bg-sunken hover:text-ink"
          >
            <Icon aria-hidden="true" className="size-4.5" />
          </button>
        </div>
      )}
    </Field>
  )
}

/** A whole number with its unit said in the label. */
export function NumberField(props: Omit<Own<'input'>, 'type'>): ReactNode {
  const { label, hint, error, labelHidden, className, ...rest } = props
  return (
    <Field {...{ label, hint, error, className }} labelHidden={labelHidden ?? false}>
      {(ids) => (
        <input
          type="number"
          inputMode="numeric"
          step={1}
          className={cx(controlStyle, 'max-w-40 tabular-nums')}
          {...ids}
          {...rest}
        />
      )}
    </Field>
  )
}
