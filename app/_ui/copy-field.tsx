'use client'

/**
 * A read-only text box with a button that copies it. It must never copy by itself.
 */
import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { cx } from './cx.ts'
import { controlStyle, Field, type FieldTexts } from './field.tsx'

export interface CopyFieldProps extends FieldTexts {
  value: string
  /** For codes that are read aloud or written down. */
  mono?: boolean
}

/** Shows a text, selects it at a click into it, copies it at a press of the button. */
export function CopyField(props: CopyFieldProps): ReactNode {
  const { value, mono, label, hint, error, labelHidden } = props
  const t = useTranslations('common')
  const [copied, setCopied] = useState(false)
  const [refused, setRefused] = useState(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value)
      setRefused(false)
      setCopied(true)
    } catch {
      // The clipboard is withheld without HTTPS or by the browser's settings: the text stays selectable.
      setRefused(true)
    }
  }
  const Icon = copied ? Check : Copy
  return (
    <Field
      {...{ label, hint }}
      error={refused ? t('copyRefused') : error}
      labelHidden={labelHidden ?? false}
    >
      {(ids) => (
        <div className="flex flex-wrap gap-2 sm:flex-nowrap">
          <input
            readOnly
            value={value}
            className={cx(
              controlStyle,
              'min-w-0 flex-1 text-ellipsis',
              mono && 'font-mono tracking-wide tabular-nums',
            )}
            onFocus={(event) => {
              event.currentTarget.select()
            }}
            {...ids}
          />
          <Button variant="secondary" className="max-sm:w-full" onClick={copy}>
            <Icon aria-hidden="true" />
            <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
          </Button>
        </div>
      )}
    </Field>
  )
}
