'use client'

/** Erases the own readings of a course, at once: says what goes, asks once, and needs nobody else. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { toast } from '../../../_ui/toaster.tsx'
import { getVault } from '../../../_vault/client.ts'
import type { MyReading } from '../../../_vault/verbs.ts'
import { Button } from '../../../_ui/button.tsx'
import { Section } from '../../../_ui/card.tsx'
import { ConfirmDialog } from '../../../_ui/confirm-dialog.tsx'

interface OwnCourse {
  readonly id: string
  readonly name: string
  readonly count: number
}

/** The section *Erase readings*, with a button *Erase readings of COURSE* for each course. */
export function EraseReadings({ readings }: { readings: readonly MyReading[] }): ReactNode {
  const t = useTranslations('account')
  const [erasing, setErasing] = useState<OwnCourse>()
  const courses = new Map<string, OwnCourse>()
  for (const { courseId: id, courseName: name } of readings) {
    courses.set(id, { id, name, count: (courses.get(id)?.count ?? 0) + 1 })
  }
  return (
    <Section id="erase" title={t('eraseTitle')} description={t('eraseLine')}>
      <ul className="grid gap-3">
        {[...courses.values()].map((course) => (
          <li key={course.id} className="flex items-center justify-between gap-4">
            <span className="grid min-w-0">
              <span className="truncate">{course.name}</span>
              <span className="text-sm text-ink-muted">
                {t('courseReadings', { count: course.count })}
              </span>
            </span>
            <Button
              variant="secondary"
              size="sm"
              aria-label={t('eraseOf', { course: course.name })}
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
    await getVault().call('eraseReadings', { courseId: course.id })
    await cache.invalidateQueries({ queryKey: ['my-readings'] })
    toast.success(t('erased', { course: course.name }))
    close()
  }
  return (
    <ConfirmDialog
      title={t('eraseConfirmTitle', { course: course.name })}
      description={t('eraseConfirmText')}
      cancel={t('eraseCancel')}
      confirm={{ label: t('eraseConfirm'), doing: t('erasing') }}
      act={erase}
      close={close}
    />
  )
}
