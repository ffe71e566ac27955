'use client'

/**
 * Erases the own readings of a course, at once: says what goes, asks once, and needs nobody else. What does not open any
 * more, as after a reset, can be erased like the rest.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { toast } from '../../../_ui/toaster.tsx'
import { getVault } from '../../../_vault/client.ts'
import type { OwnCourse } from '../../../_vault/verbs.ts'
import { Button } from '../../../_ui/button.tsx'
import { Section } from '../../../_ui/card.tsx'
import { ConfirmDialog } from '../../../_ui/confirm-dialog.tsx'

/** The section *Erase readings*, with a button *Erase readings of COURSE* for each course. */
export function EraseReadings({ courses }: { courses: readonly OwnCourse[] }): ReactNode {
  const t = useTranslations('account')
  const [erasing, setErasing] = useState<OwnCourse>()
  return (
    <Section id="erase" title={t('eraseTitle')} description={t('eraseLine')}>
      <ul className="grid gap-3">
        {courses.map((course) => (
          <li key={course.courseId} className="flex items-center justify-between gap-4">
            <span className="grid min-w-0">
              <span className="truncate">{course.courseName}</span>
              <span className="text-sm text-ink-muted">
                {t('courseReadings', { count: course.readings, closed: course.closed })}
              </span>
            </span>
            <Button
              variant="secondary"
              size="sm"
              aria-label={t('eraseOf', { course: course.courseName })}
              onClick={() => {
                setErasing(course)
              }}
            >
              {t('erase')}
            </Button>
          </li>
        ))}
      </ul>
      {erasing ? (
        <EraseDialog
          course={erasing}
          close={() => {
            setErasing(undefined)
          }}
        />
      ) : null}
    </Section>
  )
}

function EraseDialog({ course, close }: { course: OwnCourse; close: () => void }): ReactNode {
  const t = useTranslations('account')
  const cache = useQueryClient()
  const erase = async (): Promise<void> => {
    await getVault().call('eraseReadings', { courseId: course.courseId })
    await cache.invalidateQueries({ queryKey: ['my-readings'] })
    toast.success(t('erased', { course: course.courseName }))
    close()
  }
  return (
    <ConfirmDialog
      title={t('eraseConfirmTitle', { course: course.courseName })}
      description={t('eraseConfirmText')}
      cancel={t('eraseCancel')}
      confirm={{ label: t('eraseConfirm'), doing: t('erasing') }}
      act={erase}
      close={close}
    />
  )
}
