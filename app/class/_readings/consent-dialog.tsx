'use client'

/**
 * Asks before anything runs: what is read, how often, who can see what, for how long. Both answers
 * are alike easy to give, and nothing is loaded before *Allow*.
 */
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { Readings } from '../../_call/readings/readings.ts'
import { consentStringOf, consentTextOf } from '../../_messages/consent.ts'
import { Button } from '../../_ui/button.tsx'
import { Dialog, DialogActions } from '../../_ui/dialog.tsx'
import { consentTextId } from '../../_wire/consent.ts'
import { useStore } from '../_state/use-store.ts'

/** The dialog; open while the vault says that an answer is wanted. */
export function ConsentDialog({ readings }: { readings: Readings }): ReactNode {
  const { entry } = useStore(readings.state)
  const textId = consentTextId.safeParse(entry?.consent.textId)
  if (entry?.consent.state !== 'ask' || !textId.success) return null
  return <Question readings={readings} textId={textId.data} seconds={entry.intervalSeconds} />
}

function Question(props: {
  readings: Readings
  textId: Parameters<typeof consentTextOf>[1]
  seconds: number
}): ReactNode {
  const { readings, textId, seconds } = props
  const t = useTranslations('class.readings')
  const language = useLocale()
  const [saving, setSaving] = useState<'allow' | 'decline' | null>(null)
  const { title, paragraphs } = consentTextOf(language, textId)
  const answer = (allow: boolean) => async () => {
    setSaving(allow ? 'allow' : 'decline')
    const text = consentStringOf(language, textId)
    await readings.answerConsent({ allow, textId, text, language, givenBy: 'self' })
    setSaving(null)
  }
  const interval = textId.startsWith('expression') ? 'interval' : 'intervalCheckIns'
  return (
    <Dialog open mustChoose size="lg" onOpenChange={() => undefined} title={title}>
      <div
        tabIndex={0}
        role="region"
        aria-label={title}
        className="-m-1 grid rounded-control p-1 max-h-[min(52dvh,30rem)] gap-3 overflow-y-auto pr-2 text-[0.9375rem] leading-relaxed text-ink-muted"
      >
        <p className="font-medium text-ink">{t(interval, { seconds })}</p>
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p>
          <a
            href="/model-card"
            target="_blank"
            rel="noreferrer"
            className="text-accent-ink underline underline-offset-4"
          >
            {t('consentMore')}
          </a>
        </p>
      </div>
      <DialogActions>
        <Button
          variant="secondary"
          busy={saving === 'decline' && t('saving')}
          disabled={saving === 'allow'}
          onClick={answer(false)}
        >
          {t('decline')}
        </Button>
        <Button
          busy={saving === 'allow' && t('saving')}
          disabled={saving === 'decline'}
          onClick={answer(true)}
        >
          {t('allow')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
