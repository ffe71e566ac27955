'use client'

/**
 * Asks before anything runs: what is read, how often, who can see what, for how long. Both answers
 * are alike easy to give, and nothing is loaded before *Allow*.
 */
import dynamic from 'next/dynamic'
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { Readings } from '../../_call/readings/readings.ts'
import { consentStringOf, consentTextOf } from '../../_messages/consent.ts'
import { Button } from '../../_ui/button.tsx'
import { Dialog, DialogActions } from '../../_ui/dialog.tsx'
import { consentTextId } from '../../_wire/consent.ts'
import type { ClassEntry } from '../../_vault/verbs.ts'
import { useStore } from '../_state/use-store.ts'
import { firstGiver, isComplete } from './giver.ts'

// Most people answer for themselves, and need no form for it.
const ConsentGiver = dynamic(async () => (await import('./consent-giver.tsx')).ConsentGiver, {
  ssr: false,
  loading: () => <div className="h-24" />,
})

/** The dialog; open while the vault says that an answer is wanted. */
export function ConsentDialog({ readings }: { readings: Readings }): ReactNode {
  const { entry } = useStore(readings.state)
  if (entry?.consent.state !== 'ask') return null
  return <ConsentQuestion readings={readings} entry={entry} />
}

/** The question itself; `onAnswered` where it was opened by hand. */
export function ConsentQuestion(props: {
  readings: Readings
  entry: ClassEntry
  onAnswered?: () => void
}): ReactNode {
  const textId = consentTextId.safeParse(props.entry.consent.textId)
  return textId.success ? <Question {...props} textId={textId.data} /> : null
}

function Question(props: {
  readings: Readings
  entry: ClassEntry
  textId: Parameters<typeof consentTextOf>[1]
  onAnswered?: () => void
}): ReactNode {
  const { readings, entry, textId, onAnswered } = props
  const { by, age } = entry.consent
  const { intervalSeconds: seconds, keptDays: days } = entry
  const [giver, setGiver] = useState(() => firstGiver(by))
  const [missing, setMissing] = useState(false)
  const t = useTranslations('class.readings')
  const language = useLocale()
  const [saving, setSaving] = useState<'allow' | 'decline' | null>(null)
  const { title, paragraphs } = consentTextOf(language, textId)
  const answer = (allow: boolean) => async () => {
    if (allow && !isComplete(giver)) {
      setMissing(true)
      return
    }
    setSaving(allow ? 'allow' : 'decline')
    const given = isComplete(giver) && giver.by === 'guardian'
    const text = consentStringOf(language, textId)
    await readings.answerConsent({
      allow,
      textId,
      text,
      language,
      givenBy: given ? 'guardian' : 'self',
      giverName: given ? giver.name.trim() : '',
      statedAge: allow && by === 'either' && !given ? age : 0,
    })
    setSaving(null)
    onAnswered?.()
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
        <p className="font-medium text-ink">{t(interval, { seconds, days })}</p>
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
      {by === 'self' ? null : (
        <ConsentGiver by={by} age={age} giver={giver} missing={missing} onChange={setGiver} />
      )}
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
