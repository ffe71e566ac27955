'use client'

/**
 * Something that is on or off. It must never act before the person has saved, unless the page says so.
 */
import * as RadixSwitch from 'radix-ui/switch'
import { useId, type ReactNode } from 'react'
import { FieldError } from './field.tsx'

export interface ToggleProps {
  label: string
  /** The name for screen readers where the visible label is short; it must contain that label. */
  accessibleName?: string
  hint?: ReactNode
  error?: string | undefined
  checked: boolean
  disabled?: boolean
  onCheckedChange: (checked: boolean) => void
}

/** Something that is on or off; words on the left, the switch on the right. */
export function Switch(props: ToggleProps): ReactNode {
  const { label, hint, error, checked, disabled = false, onCheckedChange } = props
  const id = useId()
  return (
    <div className="grid gap-1.5">
      <div className="flex items-start justify-between gap-6">
        <div className="grid gap-0.5">
          <label htmlFor={id} className="text-[0.9375rem] font-medium">
            {label}
          </label>
          {hint ? (
            <p id={`${id}-hint`} className="text-sm text-ink-muted">
              {hint}
            </p>
          ) : null}
        </div>
        <RadixSwitch.Root
          id={id}
          checked={checked}
          disabled={disabled}
          onCheckedChange={onCheckedChange}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className="-mt-0.5 h-7 w-12 shrink-0 rounded-full border-2 border-line-strong bg-sunken transition-colors disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
        >
          <RadixSwitch.Thumb className="block size-4.5 translate-x-0.75 rounded-full bg-line-strong transition-transform data-[state=checked]:translate-x-5.75 data-[state=checked]:bg-on-accent" />
        </RadixSwitch.Root>
      </div>
      <FieldError id={`${id}-error`} error={error} />
    </div>
  )
}
