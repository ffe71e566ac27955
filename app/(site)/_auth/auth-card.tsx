'use client'

/**
 * The frame of the pages before sign-in: one column, the mark, one heading, the form, one way out.
 * It says early when this page is not opened in a way that lets cameras and keys work.
 */
import { useTranslations } from 'next-intl'
import { useSyncExternalStore, type ReactNode } from 'react'
import { Card, Notice } from '../../_ui/card.tsx'
import { LogoMark } from '../../_ui/logo.tsx'

const never = (): (() => void) => () => undefined

export interface AuthCardProps {
  title: string
  line: ReactNode
  children: ReactNode
  /** Below the card: the way to the other page. */
  footer?: ReactNode
}

/** A form page on its own. */
export function AuthCard({ title, line, children, footer }: AuthCardProps): ReactNode {
  const t = useTranslations('auth')
  const secure = useSyncExternalStore(
    never,
    () => window.isSecureContext,
    () => true,
  )
  return (
    <div className="mx-auto grid w-full max-w-md gap-6">
      <div className="grid justify-items-center gap-3 text-center">
        <LogoMark className="size-11" />
        <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
        <p className="max-w-sm leading-relaxed text-ink-muted">{line}</p>
      </div>
      {secure ? null : (
        <Notice tone="warning" title={t('insecureTitle')}>
          {t('insecureText')}
        </Notice>
      )}
      <Card className="p-6 shadow-floating sm:p-8">{children}</Card>
      {footer ? (
        <div className="grid justify-items-center gap-2 text-[0.9375rem] text-ink-muted">
          {footer}
        </div>
      ) : null}
    </div>
  )
}

/** Links inside running text. */
export const linkStyle = 'font-medium text-accent-ink underline-offset-4 hover:underline'
