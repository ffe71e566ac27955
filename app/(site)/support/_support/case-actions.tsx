'use client'

/** What changes a case: a helper's state, a student's withdrawal, a student's answer to a suggested helper. */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import type { CasePerson } from '../../../_vault/support/verbs.ts'
import { Button } from '../../../_ui/button.tsx'
import { Card, Notice, Section } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { callWire } from '../../../_ui/data/wire.ts'
import { Dialog, DialogActions } from '../../../_ui/dialog.tsx'
import type { CasePartProps } from './case-page.tsx'
import { StateBadge } from './state-badge.tsx'

/** Runs one act at a time and keeps what went wrong. */
function useAct(): {
  busy: boolean
  failed: string | undefined
  act: (work: () => Promise<void>) => Promise<void>
} {
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string>()
  return {
    busy,
    failed,
    act: async (work) => {
      setBusy(true)
      setFailed(undefined)
      try {
        await work()
      } catch (cause) {
        setFailed(sentenceFor(cause))
      }
      setBusy(false)
    },
  }
}

function Failed({ failed }: { failed: string | undefined }): ReactNode {
  if (failed === undefined) return null
  return (
    <Notice tone="danger" alert>
      {failed}
    </Notice>
  )
}

export function HelperState({ view, change }: CasePartProps): ReactNode {
  const t = useTranslations('support.case')
  const { busy, failed, act } = useAct()
  const set = (state: 'in-contact' | 'closed'): Promise<void> =>
    act(async () => {
      await callWire('setCaseState', { id: view.id }, { state })
      change({ state })
    })
  return (
    <Section id="state" title={t('stateTitle')} actions={<StateBadge state={view.state} />}>
      <div className="grid gap-3">
        {view.state === 'in-contact' ? null : (
          <Button variant="secondary" disabled={busy} onClick={() => set('in-contact')}>
            {view.state === 'closed' ? t('reopen') : t('markContact')}
          </Button>
        )}
        {view.state === 'closed' ? null : (
          <Button variant="secondary" disabled={busy} onClick={() => set('closed')}>
            {t('markClosed')}
          </Button>
        )}
        <Failed failed={failed} />
      </div>
    </Section>
  )
}

export function Withdraw({ view, change }: CasePartProps): ReactNode {
  const t = useTranslations('support.case')
  const common = useTranslations('common')
  const [open, setOpen] = useState(false)
  const { busy, failed, act } = useAct()
  const withdraw = (): Promise<void> =>
    act(async () => {
      await callWire('withdrawCase', { id: view.id }, {})
      change({ state: 'withdrawn', messages: [], gaps: false, attachment: null, suggested: null })
      setOpen(false)
    })
  return (
    <>
      <Button
        variant="dangerQuiet"
        className="justify-self-start"
        onClick={() => {
          setOpen(true)
        }}
      >
        {t('withdraw')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('withdrawTitle')}
        description={t('withdrawText')}
        size="sm"
      >
        <Failed failed={failed} />
        <DialogActions>
          <Button
            variant="secondary"
            onClick={() => {
              setOpen(false)
            }}
          >
            {common('cancel')}
          </Button>
          <Button variant="danger" busy={busy && t('withdrawing')} onClick={withdraw}>
            {t('withdraw')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}

export function Suggestion({
  view,
  change,
  suggested,
}: CasePartProps & { suggested: CasePerson }): ReactNode {
  const t = useTranslations('support.case')
  const { busy, failed, act } = useAct()
  const { id: accountId, name } = suggested
  const answer = (share: boolean): Promise<void> =>
    act(async () => {
      await getVault().call('answerSuggestion', { caseId: view.id, accountId, share })
      change({ suggested: null, helpers: share ? [...view.helpers, suggested] : view.helpers })
    })
  return (
    <Card className="grid gap-4">
      <div className="grid gap-1.5">
        <h2 className="text-lg font-semibold tracking-tight">{t('suggestTitle', { name })}</h2>
        <p className="text-ink-muted">{t('suggestText', { name })}</p>
      </div>
      <Failed failed={failed} />
      <div className="flex flex-wrap gap-3">
        <Button disabled={busy} onClick={() => answer(true)}>
          {t('suggestYes', { name })}
        </Button>
        <Button variant="secondary" disabled={busy} onClick={() => answer(false)}>
          {t('suggestNo')}
        </Button>
      </div>
    </Card>
  )
}
