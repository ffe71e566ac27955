'use client'

/**
 * Lets a page show only with the keys open on this device: else it leads to sign-in, or asks for the
 * password in place. It must never render its children before that.
 */
import { usePathname, useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode } from 'react'
import { getVault } from '../_vault/client.ts'
import { isVaultError } from '../_vault/errors.ts'
import type { VaultAccount } from '../_vault/verbs.ts'
import { Button } from './button.tsx'
import { useVault } from './data/use-vault.ts'
import { LoadingState } from './spinner.tsx'
import { ErrorState } from './states.tsx'
import { UnlockForm } from './unlock-form.tsx'

/** The address to come back to after signing in, as a query for /sign-in and /sign-up. */
export function nextQuery(path: string): string {
  return `?next=${encodeURIComponent(path)}`
}

/** Ends the session on this device; every tab goes with it. */
export async function signOut(): Promise<void> {
  try {
    await getVault().call('signOut', {})
  } catch (error) {
    // Keys are gone from every tab all the same; while web keeps the session, the sign-in page offers to end it.
    if (!isVaultError(error)) throw error
  }
}

/** Renders `children` with the account whose keys are open. */
export function VaultGate(props: { children: (account: VaultAccount) => ReactNode }): ReactNode {
  const t = useTranslations('common')
  const status = useVault()
  const router = useRouter()
  const path = usePathname()
  const [problem, setProblem] = useState<string>()

  useEffect(() => {
    return getVault().on('problem', (data) => {
      if (data.classId === undefined) setProblem(data.message)
    })
  }, [])

  useEffect(() => {
    if (status.state !== 'signed-out') return
    // The fragment of an address may carry what an invitation vouches for: it has to survive.
    router.replace(`/sign-in${nextQuery(path + window.location.search + window.location.hash)}`)
  }, [status.state, path, router])

  if (status.state === 'unlocked' && status.account) return props.children(status.account)
  if (status.state === 'locked') {
    return (
      <div className="grid min-h-[60dvh] place-items-center px-4 py-12">
        <UnlockForm
          name={status.account?.name}
          onUnlock={async (password) => {
            await getVault().call('unlock', { password })
          }}
          onSignOut={signOut}
        />
      </div>
    )
  }
  if (status.state === 'starting' && problem !== undefined) {
    return (
      <ErrorState
        level={1}
        title={t('failedTitle')}
        action={
          <Button
            onClick={() => {
              setProblem(undefined)
              getVault().wake()
            }}
          >
            {t('tryAgain')}
          </Button>
        }
      >
        {t('failedAdvice', { reason: problem })}
      </ErrorState>
    )
  }
  return <LoadingState text={t('opening')} />
}
