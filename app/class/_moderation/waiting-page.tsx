'use client'

/**
 * While a teacher has not let one in yet: who one is here, how one looks, and that nothing is to be
 * done. It knows nothing of the class or its people, and must never ask again by itself.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '../../_ui/button.tsx'
import { useVault } from '../../_ui/data/use-vault.ts'
import { Logo } from '../../_ui/logo.tsx'
import { SpinnerRing } from '../../_ui/spinner.tsx'
import type { ClassAnswer } from '../../_wire/visit.ts'
import { DevicePreview } from '../_lobby/device-preview.tsx'
import type { Classroom } from '../_state/classroom.ts'

/** The page of one who waits. */
export function WaitingPage(props: {
  classroom: Classroom
  info: ClassAnswer
  /** Null for people with an account. */
  guestName: string | null
}): ReactNode {
  const { classroom, info, guestName } = props
  const { account } = useVault()
  const name = guestName ?? account?.name ?? ''
  const t = useTranslations('moderation.waitingPage')
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-3xl flex-col px-4 py-6 sm:px-8 sm:py-8">
      <Logo />
      <div className="grid flex-1 grid-cols-1 content-center justify-items-center gap-8 py-6 text-center">
        <div className="grid max-w-lg gap-3" role="status">
          <p className="text-sm font-medium break-words text-accent-ink">{info.courseName}</p>
          <h1 className="text-3xl font-semibold tracking-tight text-balance">{t('title')}</h1>
          <p className="leading-relaxed text-ink-muted">{t('text')}</p>
        </div>
        <section aria-label={t('preview')} className="w-full max-w-lg">
          <DevicePreview localMedia={classroom.localMedia} name={name} />
        </section>
        <p className="flex max-w-full items-center gap-3 text-[0.9375rem]">
          <SpinnerRing className="size-4 shrink-0" />
          <bdi className="truncate">{t('as', { name })}</bdi>
        </p>
        <Button
          variant="secondary"
          onClick={() => {
            classroom.leave()
          }}
        >
          {t('leave')}
        </Button>
      </div>
    </main>
  )
}
