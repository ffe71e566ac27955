'use client'

/**
 * Why readings do not run although the class wants them, and what to do: unlock the vault, wait for
 * a teacher, try again. The call goes on whatever it says.
 */
import { ShieldQuestion } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { Readings } from '../../_call/readings/readings.ts'
import { Button } from '../../_ui/button.tsx'
import { Dialog } from '../../_ui/dialog.tsx'
import { UnlockForm } from '../../_ui/unlock-form.tsx'
import { useVault } from '../../_ui/data/use-vault.ts'
import { getVault } from '../../_vault/client.ts'
import { useStore } from '../_state/use-store.ts'

/** A line above the people; nothing while readings run, or are off. */
export function ReadingsNotice({ readings }: { readings: Readings }): ReactNode {
  const t = useTranslations('class.readings')
  const { status, entry, problem } = useStore(readings.state)
  if (status === 'locked') return <Locked />
  if (status === 'failed') {
    return (
      <Line
        action={
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              readings.retry()
            }}
          >
            {t('retry')}
          </Button>
        }
      >
        {t('problem', { message: problem?.message ?? '' })}
      </Line>
    )
  }
  if (status !== 'running') return null
  if (entry?.paused) return <Line>{t(`paused.${entry.paused}`)}</Line>
  if (problem === null) return null
  return (
    <Line
      action={
        <Button
          size="sm"
          variant="quiet"
          onClick={() => {
            readings.dismissProblem()
          }}
        >
          {t('dismiss')}
        </Button>
      }
    >
      {t('problem', { message: problem.message })}
    </Line>
  )
}

function Locked(): ReactNode {
  const t = useTranslations('class.readings')
  const [open, setOpen] = useState(true)
  const { account } = useVault()
  return (
    <>
      <Line
        action={
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              setOpen(true)
            }}
          >
            {t('lockedButton')}
          </Button>
        }
      >
        {t('lockedText')}
      </Line>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        size="sm"
        title={t('lockedTitle')}
        description={t('lockedText')}
        closeLabel={t('notNow')}
      >
        <UnlockForm
          name={account?.name}
          onUnlock={async (password) => {
            await getVault().call('unlock', { password })
          }}
        />
      </Dialog>
    </>
  )
}

function Line({ children, action }: { children: ReactNode; action?: ReactNode }): ReactNode {
  return (
    <div className="shrink-0 px-4 pb-2">
      <div
        role="status"
        className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card bg-sunken px-4 py-2.5 text-sm"
      >
        <ShieldQuestion aria-hidden="true" className="size-4.5 shrink-0 text-ink-muted" />
        <p className="min-w-0 flex-1 basis-60">{children}</p>
        {action}
      </div>
    </div>
  )
}
