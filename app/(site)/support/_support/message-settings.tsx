'use client'

/** Whether messages after lessons are wanted; kept sealed to this person, told to nobody. */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import { Notice, Section } from '../../../_ui/card.tsx'
import { Switch } from '../../../_ui/choice.tsx'
import { useSupport } from '../../../_ui/data/use-support.ts'
import { sentenceFor } from '../../../_ui/data/failure.ts'

export function MessageSettings(): ReactNode {
  const t = useTranslations('support.messages')
  const { messagesOn, message } = useSupport()
  const [failed, setFailed] = useState<string>()
  const change = async (on: boolean): Promise<void> => {
    setFailed(undefined)
    try {
      await getVault().call('setSupportMessages', { on })
    } catch (cause) {
      setFailed(sentenceFor(cause))
    }
  }
  return (
    <Section id="messages" title={t('title')} description={t('line')}>
      <div className="grid gap-4">
        <Switch
          label={t('on')}
          hint={t('onHint')}
          checked={messagesOn}
          onCheckedChange={(on) => void change(on)}
        />
        {message ? null : <p className="text-sm text-ink-muted">{t('none')}</p>}
        {failed ? (
          <Notice tone="danger" alert>
            {failed}
          </Notice>
        ) : null}
      </div>
    </Section>
  )
}
