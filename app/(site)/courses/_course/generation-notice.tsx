'use client'

/**
 * Says that readings pause until the course's keys are renewed, and lets a teacher do that after
 * looking at the people who will hold them.
 */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import type { CoursePartProps } from './course-page.tsx'

/** Button *Make new keys* for teachers, a plain word for everyone else. */
export function GenerationNotice({ course, saving, reload }: CoursePartProps): ReactNode {
  const t = useTranslations('courses')
  const [error, setError] = useState<string>()
  if (course.role !== 'teacher') {
    return <Notice tone="warning">{t('generationTextStudent')}</Notice>
  }
  const renew = async (): Promise<void> => {
    setError(undefined)
    try {
      await saving.run(async () => {
        await getVault().call('saveSettings', { courseId: course.id, settings: course.settings })
        await reload()
      })
    } catch (cause) {
      setError(sentenceFor(cause))
    }
  }
  return (
    <Notice
      tone="warning"
      title={t('generationTitle')}
      actions={
        <Button
          size="sm"
          variant="secondary"
          busy={saving.state === 'saving' && t('generationMaking')}
          onClick={renew}
        >
          {t('generationConfirm')}
        </Button>
      }
    >
      {t('generationText')}
      {error ? <p className="pt-2 text-danger-ink">{error}</p> : null}
    </Notice>
  )
}
