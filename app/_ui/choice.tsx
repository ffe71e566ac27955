'use client'

/**
 * Choices that are seen at once: a radio group, a switch, a checkbox. The whole row is the label, so
 * that a finger finds it. They must never act before the person has saved, unless the page says so.
 */
import { Check } from 'lucide-react'
import * as RadixCheckbox from 'radix-ui/checkbox'
import * as RadixRadio from 'radix-ui/radio-group'
import { useId, type ReactNode } from 'react'
import { cx } from './cx.ts'
import { FieldError } from './field.tsx'
import type { ToggleProps } from './switch.tsx'

export { Switch } from './switch.tsx'

export interface RadioOption<Value extends string> {
  value: Value
  label: string
  hint?: ReactNode
  disabled?: boolean
}

export interface RadioGroupProps<Value extends string> {
  label: string
  hint?: ReactNode
  error?: string | undefined
  value: Value
  options: readonly RadioOption<Value>[]
  disabled?: boolean
  onValueChange: (value: Value) => void
}

/** A named group of choices, one of which holds. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>): ReactNode {
  const { label, hint, error, value, options, disabled = false, onValueChange } = props
  const id = useId()
  return (
    <div className="grid gap-2">
      <p id={`${id}-label`} className="text-sm font-medium">
        {label}
      </p>
      {hint ? <p className="text-sm text-ink-muted">{hint}</p> : null}
      <RadixRadio.Root
        aria-labelledby={`${id}-label`}
        aria-describedby={error ? `${id}-error` : undefined}
        value={value}
        disabled={disabled}
        onValueChange={(next) => {
          const chosen = options.find((option) => option.value === next)
          if (chosen) onValueChange(chosen.value)
        }}
        className="grid gap-2"
      >
        {options.map((option) => (
          <div
            key={option.value}
            className={cx(
              'relative flex items-start gap-3 rounded-control border border-line bg-raised p-4 transition-colors',
              'has-data-[state=checked]:border-accent has-data-[state=checked]:bg-accent-soft/60',
              option.disabled || disabled ? 'bg-sunken text-ink-muted' : 'hover:border-line-strong',
            )}
          >
            <RadixRadio.Item
              id={`${id}-${option.value}`}
              value={option.value}
              disabled={option.disabled ?? false}
              aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
              className="relative z-1 mt-0.5 grid size-5 shrink-0 place-items-center rounded-full border-2 border-line-strong bg-raised disabled:opacity-55 data-[state=checked]:border-accent"
            >
              <RadixRadio.Indicator className="size-2.5 rounded-full bg-accent" />
            </RadixRadio.Item>
            <div className="grid gap-0.5">
              <label
                htmlFor={`${id}-${option.value}`}
                className="text-[0.9375rem] font-medium after:absolute after:inset-0 after:rounded-control"
              >
                {option.label}
              </label>
              {option.hint ? (
                <p id={`${id}-${option.value}-hint`} className="text-sm text-ink-muted">
                  {option.hint}
                </p>
              ) : null}
            </div>
          </div>
        ))}
      </RadixRadio.Root>
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}

/** A statement that a person agrees to. */
export function Checkbox(props: ToggleProps): ReactNode {
  const { label, accessibleName, hint, error, checked, disabled = false, onCheckedChange } = props
  const id = useId()
  const described = cx(hint ? `${id}-hint` : '', error ? `${id}-error` : '')
  return (
    <div className="grid gap-1.5">
      <div className="flex items-start gap-3">
        <RadixCheckbox.Root
          id={id}
          aria-label={accessibleName}
          checked={checked}
          disabled={disabled}
          onCheckedChange={(next) => {
            onCheckedChange(next === true)
          }}
          aria-describedby={described === '' ? undefined : described}
          aria-invalid={error ? true : undefined}
          className="mt-0.5 grid size-5 shrink-0 place-items-center rounded-md border-2 border-line-strong bg-raised text-on-accent disabled:opacity-55 aria-invalid:border-danger data-[state=checked]:border-accent data-[state=checked]:bg-accent"
        >
          <RadixCheckbox.Indicator>
            <Check aria-hidden="true" className="size-3.5" strokeWidth={3.5} />
          </RadixCheckbox.Indicator>
        </RadixCheckbox.Root>
        <div className="grid gap-0.5">
          <label htmlFor={id} className="text-[0.9375rem] leading-snug">
            {label}
          </label>
          {hint ? (
            <p id={`${id}-hint`} className="text-sm text-ink-muted">
              {hint}
            </p>
          ) : null}
        </div>
      </div>
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}
