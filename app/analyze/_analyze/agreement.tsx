'use client'

/** The question whose faces these are. It must never be taken for answered by anything but its button. */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Button } from '../../_ui/button.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { Checkbox } from '../../_ui/choice.tsx'

/** Checkbox and button *Continue*; `held` files wait for them. */
export function Agreement({ held, onAgree }: { held: number; onAgree: () => void }): ReactNode {
  const t = useTranslations('analyze')
  const [ticked, setTicked] = useState(false)
  return (
    <Section title={t('agreeTitle')} description={t('agreeText')} className="max-w-2xl">
      <div role="status">
        {held === 0 ? null : <Notice>{t('agreeFirst', { count: held })}</Notice>}
      </div>
      <Checkbox label={t('agree')} checked={ticked} onCheckedChange={setTicked} />
      <Button className="justify-self-start" disabled={!ticked} onClick={onAgree}>
        {t('agreeGo')}
      </Button>
    </Section>
  )
}
