'use client'

/**
 * The invitation as a text to paste into a message: course, weekly time, link.
 */
import { ClipboardCopy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '../../../_ui/button.tsx'
import { toast } from '../../../_ui/toaster.tsx'
import type { CoursePartProps } from './course-page.tsx'
import { useScheduleWords } from './schedule-line.tsx'

/** The button *Copy invitation*. */
export function InvitationText(
  props: Pick<CoursePartProps, 'course'> & { url: string },
): ReactNode {
  const { course, url } = props
  const t = useTranslations('courseAccess.invitation')
  const wordsOf = useScheduleWords()
  const { name, schedule } = course
  const copy = async (): Promise<void> => {
    const lines = [
      t('course', { course: name }),
      ...(schedule === null ? [] : [wordsOf(schedule)]),
      t('link', { url }),
    ]
    try {
      await navigator.clipboard.writeText(lines.join('\n'))
      toast(t('copied'))
    } catch {
      toast.error(t('failed'))
    }
  }
  return (
    <Button variant="secondary" size="sm" className="justify-self-start" onClick={copy}>
      <ClipboardCopy aria-hidden="true" />
      {t('copy')}
    </Button>
  )
}
