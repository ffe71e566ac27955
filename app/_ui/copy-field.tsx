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
  /** For codes that are written down: all of it is seen at once, in letters of one width. */
  code?: boolean
  /** Further buttons beside *Copy*. */
  actions?: ReactNode
}

/** Shows a text, selects it at a click into it, copies it at a press of the button. */
export function CopyField(props: CopyFieldProps): ReactNode {
  const { value, code, actions, label, hint, error, labelHidden } = props
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
        <div className={cx('flex flex-wrap gap-2', !code && 'sm:flex-nowrap')}>
          <input
            readOnly
            value={value}
            className={cx(
              controlStyle,
              'min-w-0 flex-1 text-ellipsis',
              code && 'basis-full px-2 text-center font-mono text-xs sm:text-[0.8125rem]',
            )}
            onFocus={(event) => {
              event.currentTarget.select()
            }}
            {...ids}
          />
          <Button variant="secondary" className={code ? 'flex-1' : 'max-sm:w-full'} onClick={copy}>
            <Icon aria-hidden="true" />
            <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
          </Button>
          {actions}
        </div>
      )}
    </Field>
  )
}
