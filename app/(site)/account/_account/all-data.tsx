'use client'

/** Everything that the server holds about the person, as a file. What it cannot open stays sealed in it. */
import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { callWire } from '../../../_ui/data/wire.ts'
import { saveFile } from '../../../_ui/save-file.ts'

/** The section *Everything about me*. */
export function AllData(): ReactNode {
  const t = useTranslations('care')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const download = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      const text = JSON.stringify(await callWire('exportOwn', {}, null), null, 2)
      saveFile('attune-about-me.json', 'application/json', text)
    } catch (cause) {
      setError(sentenceFor(cause))
    }
    setBusy(false)
  }
  return (
    <Section id="everything" title={t('dataTitle')} description={t('dataLine')}>
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      <Button
        variant="secondary"
        className="justify-self-start max-sm:w-full"
        busy={busy && t('dataLoading')}
        onClick={download}
      >
        <Download aria-hidden="true" />
        {t('dataButton')}
      </Button>
    </Section>
  )
}
