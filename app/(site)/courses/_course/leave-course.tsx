'use client'

/**
 * Leaving a course by oneself: says what stays and what ends, asks once. The only teacher is told to name another first;
 * a teacher who holds keys that nobody else has is told what cannot be opened any more.
 */
import { DoorOpen } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { toast } from '../../../_ui/toaster.tsx'
import { getVault } from '../../../_vault/client.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice } from '../../../_ui/card.tsx'
import { ConfirmDialog } from '../../../_ui/confirm-dialog.tsx'
import { callWire, keys } from '../../../_ui/data/wire.ts'
import type { CoursePartProps } from './course-page.tsx'

type LeaveProps = Pick<CoursePartProps, 'course' | 'account'>

/** The button *Leave course* on one's own line. */
export function LeaveCourse(props: LeaveProps): ReactNode {
  const t = useTranslations('courseAccess.leave')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        size="sm"
        variant="quiet"
        onClick={() => {
          setOpen(true)
        }}
      >
        <DoorOpen aria-hidden="true" />
        {t('leave')}
      </Button>
      {open ? (
        <LeaveDialog
          {...props}
          close={() => {
            setOpen(false)
          }}
        />
      ) : null}
    </>
  )
}

function LeaveDialog({ course, account, close }: LeaveProps & { close: () => void }): ReactNode {
  const t = useTranslations('courseAccess.leave')
  const common = useTranslations('common')
  const router = useRouter()
  const cache = useQueryClient()
  const teaches = course.role === 'teacher'
  const teachers = course.people.filter(({ role }) => role === 'teacher')
  const only = teaches && teachers.length === 1
  const held = useQuery({
    queryKey: ['leave-keys', course.id],
    queryFn: () => getVault().call('historyKeys', { courseId: course.id }),
    enabled: teaches && !only,
  })
  const lost = (held.data?.generations ?? []).some(
    ({ mine, holders }) => mine && !holders.some((holder) => holder !== account.accountId),
  )
  const leave = async (): Promise<void> => {
    await callWire('removePerson', { id: course.id, accountId: account.accountId }, {})
    router.push('/courses')
    toast.success(t('left', { course: course.name }))
    await cache.invalidateQueries({ queryKey: keys.courses })
  }
  const confirm = { label: t('leave'), doing: t('leaving'), disabled: held.isFetching }
  return (
    <ConfirmDialog
      title={t('title', { course: course.name })}
      description={only ? t('onlyTeacher') : t(teaches ? 'teacherText' : 'text')}
      cancel={common('cancel')}
      {...(only ? {} : { confirm })}
      act={leave}
      close={close}
    >
      {lost ? <Notice tone="warning">{t('keysLost')}</Notice> : null}
    </ConfirmDialog>
  )
}
