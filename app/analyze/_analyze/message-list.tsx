'use client'

/** What was wrong with a file, or is worth knowing of it, each announced as it comes. */
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button, IconButton } from '../../_ui/button.tsx'
import { cx } from '../../_ui/cx.ts'
import type { Analyzer, Message } from './analyzer.ts'

export function MessageList(props: {
  analyzer: Analyzer
  messages: readonly Message[]
}): ReactNode {
  const { analyzer, messages } = props
  const t = useTranslations('analyze')
  if (messages.length === 0) return null
  return (
    <section aria-label={t('messages')} className="grid gap-3">
      <ul className="grid max-h-96 gap-2 overflow-y-auto">
        {messages.map(({ id, file, code, found, problem }) => (
          <li
            key={id}
            className={cx(
              'flex items-start gap-3 rounded-control py-2 pr-2 pl-4 text-[0.9375rem]',
              problem ? 'bg-danger-soft' : 'bg-accent-soft/70',
            )}
          >
            <p role="alert" className="min-w-0 flex-1 py-1.5 leading-relaxed">
              {file === '' ? null : <strong className="font-medium break-all">{file}: </strong>}
              {t(`problems.${code}`, { found: found === '' ? 'none' : found })}
            </p>
            <IconButton
              size="sm"
              label={t('dismiss', { file })}
              onClick={() => {
                analyzer.dismiss(id)
              }}
            >
              <X aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      {messages.length > 1 ? (
        <Button
          size="sm"
          variant="quiet"
          className="justify-self-end"
          onClick={() => {
            for (const { id } of messages) analyzer.dismiss(id)
          }}
        >
          {t('dismissAll')}
        </Button>
      ) : null}
    </section>
  )
}
