'use client'

/**
 * An invitation: which course, who teaches it, what joining means, and the button *Join course*. The
 * link's fragment goes to the vault, which compares it with the course's root before it enrols.
 */
import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { getVault } from '../../_vault/client.ts'
import { Avatar } from '../../_ui/avatar.tsx'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { Card, Notice } from '../../_ui/card.tsx'
import { useVault } from '../../_ui/data/use-vault.ts'
import { isSilence, sentenceFor } from '../../_ui/data/failure.ts'
import { keys, useInvite } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { nextQuery, VaultGate } from '../../_ui/vault-gate.tsx'
import { linkStyle } from '../_auth/auth-card.tsx'

/** The page `/invite/[token]`. */
export function InvitePage({ token }: { token: string }): ReactNode {
  const t = useTranslations('courses')
  const common = useTranslations('common')
  const invite = useInvite(token)
  const { state } = useVault()

  if (invite.isPending || state === 'starting') return <LoadingState text={t('inviteLoading')} />
  if (invite.error) {
    if (isSilence(invite.error)) return <LoadFailed error={invite.error} retry={invite.refetch} />
    return (
      <EmptyState
        level={1}
        title={t('inviteGoneTitle')}
        action={
          <ButtonLink href="/courses" variant="secondary">
            {common('toCourses')}
          </ButtonLink>
        }
      >
        {t('inviteGoneText')}
      </EmptyState>
    )
  }
  const { courseId, courseName, teacherName, enrolled } = invite.data
  let action: ReactNode
  if (state === 'signed-out') action = <SignUpFirst />
  else if (enrolled) {
    action = (
      <>
        <p className="text-center text-ink-muted">{t('inviteAlready')}</p>
        <ButtonLink href={`/courses/${courseId}`} wide size="lg">
          {t('inviteOpen')}
        </ButtonLink>
      </>
    )
  } else {
    action = <VaultGate>{(account) => <Join token={token} name={account.name} />}</VaultGate>
  }
  return (
    <div className="mx-auto grid w-full max-w-lg gap-6">
      <div className="grid justify-items-center gap-4 text-center">
        <Avatar name={teacherName} size="lg" />
        <div className="grid gap-2">
          <h1 className="text-3xl font-semibold tracking-tight break-words">
            {t('invitePageTitle', { course: courseName })}
          </h1>
          <p className="text-lg text-ink-muted">{t('invitePageLine', { teacher: teacherName })}</p>
        </div>
      </div>
      <Card className="grid gap-6 shadow-floating sm:p-8">
        <div className="grid gap-1.5">
          <h2 className="font-medium">{t('inviteWhatTitle')}</h2>
          <p className="leading-relaxed text-ink-muted">{t('inviteWhatList')}</p>
        </div>
        <div className="grid gap-3">{action}</div>
      </Card>
    </div>
  )
}

/** The address of this page with the fragment that the vault needs later. */
function here(): string {
  return window.location.pathname + window.location.search + window.location.hash
}

/** Rendered in the browser alone: the vault has said that nobody is signed in here. */
function SignUpFirst(): ReactNode {
  const t = useTranslations('courses')
  const router = useRouter()
  const back = nextQuery(here())
  return (
    <>
      <Notice>{t('inviteSignedOut')}</Notice>
      <Button
        wide
        size="lg"
        onClick={() => {
          router.push(`/sign-up${back}`)
        }}
      >
        {t('inviteJoin')}
      </Button>
      <p className="flex flex-wrap justify-center gap-x-6 gap-y-2 text-[0.9375rem]">
        <Link href={`/sign-up${back}`} className={linkStyle}>
          {t('inviteCreateAccount')}
        </Link>
        <Link href={`/sign-in${back}`} className={linkStyle}>
          {t('inviteHaveAccount')}
        </Link>
      </p>
    </>
  )
}

function Join({ token, name }: { token: string; name: string }): ReactNode {
  const t = useTranslations('courses')
  const router = useRouter()
  const cache = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const join = async (): Promise<void> => {
    const fragment = window.location.hash
    if (fragment.length < 2) {
      setError(t('inviteNoFragment'))
      return
    }
    setBusy(true)
    setError(undefined)
    try {
      const { courseId } = await getVault().call('joinCourse', { token, fragment })
      await cache.invalidateQueries({ queryKey: keys.courses })
      router.push(`/courses/${courseId}`)
    } catch (cause) {
      setError(sentenceFor(cause))
      setBusy(false)
    }
  }
  return (
    <>
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      <Button wide size="lg" busy={busy && t('inviteJoining')} onClick={join}>
        {t('inviteJoin')}
      </Button>
      <p className="text-center text-sm text-ink-muted">{t('inviteAs', { name })}</p>
    </>
  )
}
