'use client'

/**
 * What a person sees when a page breaks: what is safe, what to do, a code to pass on. It must never
 * show the error's own text, which may hold what others should not read, nor need anything that has to
 * be fetched: the network may be what broke.
 */
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ReactNode } from 'react'

export default function PageError(props: {
  error: Error & { digest?: string }
  reset: () => void
}): ReactNode {
  const t = useTranslations('common')
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-6 p-6 text-center">
      <div role="alert" className="grid max-w-md gap-2">
        <h1 className="text-2xl font-semibold tracking-tight">{t('crashTitle')}</h1>
        <p className="leading-relaxed text-ink-muted">
          {t('crashText', { code: props.error.digest ?? props.error.name })}
        </p>
      </div>
      <div className="flex flex-wrap justify-center gap-3">
        <Link
          href="/courses"
          className="inline-flex h-11 items-center rounded-control border border-line-strong/60 bg-raised px-4 text-[0.9375rem] font-medium"
        >
          {t('toCourses')}
        </Link>
        <button
          type="button"
          onClick={props.reset}
          className="h-11 rounded-control bg-accent px-4 text-[0.9375rem] font-medium text-on-accent hover:bg-accent-hover"
        >
          {t('tryAgain')}
        </button>
      </div>
    </main>
  )
}
