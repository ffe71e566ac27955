'use client'

/**
 * The page of one course, all of it at once: the running class, the invite link, the people, the
 * settings, past classes. It must never show a reading.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { CourseAnswer } from '../../../_wire/courses.ts'
import type { VaultAccount } from '../../../_vault/verbs.ts'
import { ButtonLink } from '../../../_ui/button.tsx'
import { codeOf } from '../../../_ui/data/failure.ts'
import { keys, useCourse } from '../../../_ui/data/wire.ts'
import { useSaving, type Saving } from '../../../_ui/data/use-saving.ts'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { SavedStatus } from '../../../_ui/saved-status.tsx'
import { LoadingState } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { VaultGate } from '../../../_ui/vault-gate.tsx'
import { CourseHistorySection } from '../_history/course-history.tsx'
import { HistoryKeys } from '../_history/history-keys.tsx'
import { ClassHistory } from './class-history.tsx'
import { GenerationNotice } from './generation-notice.tsx'
import { InviteLink } from './invite-link.tsx'
import { KeysNotice } from './keys-notice.tsx'
import { LiveClass } from './live-class.tsx'
import { People } from './people.tsx'
import { ScheduleForm } from './schedule-form.tsx'
import { SettingsForm } from './settings-form.tsx'
import { SettingsSummary } from './settings-summary.tsx'
import { SupportRuleForm } from './support-rule.tsx'

/** What the parts of the page share. */
export interface CoursePartProps {
  course: CourseAnswer
  account: VaultAccount
  saving: Saving
  /** Loads the course anew after a change. */
  reload: () => Promise<void>
}

/** The page `/courses/[id]`. */
export function CoursePage({ courseId }: { courseId: string }): ReactNode {
  return <VaultGate>{(account) => <Course courseId={courseId} account={account} />}</VaultGate>
}

const ROLE_LINES = {
  teacher: 'teaches',
  student: 'attends',
  'course-admin': 'administers',
} as const

function Course({ courseId, account }: { courseId: string; account: VaultAccount }): ReactNode {
  const t = useTranslations('courses')
  const common = useTranslations('common')
  const query = useCourse(courseId)
  const cache = useQueryClient()
  const saving = useSaving()
  const course = query.data

  if (course === undefined) {
    if (query.isPending) return <LoadingState text={t('loadingOne')} />
    if (
      ['course-not-found', 'not-found', 'not-enrolled', 'bad-request'].includes(codeOf(query.error))
    ) {
      return (
        <EmptyState
          level={1}
          title={t('notFoundTitle')}
          action={<ButtonLink href="/courses">{common('toCourses')}</ButtonLink>}
        >
          {t('notFoundText')}
        </EmptyState>
      )
    }
    return <LoadFailed error={query.error} retry={query.refetch} />
  }

  const part: CoursePartProps = {
    course,
    account,
    saving,
    reload: async () => {
      await cache.invalidateQueries({ queryKey: keys.course(courseId) })
    },
  }
  const teaches = course.role === 'teacher'
  return (
    <>
      <PageHeader
        back={{ href: '/courses', label: t('title') }}
        title={course.name}
        description={t(ROLE_LINES[course.role])}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-6">
          <KeysNotice {...part} />
          {course.generationNeeded ? <GenerationNotice {...part} /> : null}
          <LiveClass {...part} />
          {course.inviteToken === null ? null : <InviteLink {...part} />}
          {teaches ? <CourseHistorySection {...part} /> : null}
          <People {...part} />
        </div>
        <div className="grid min-w-0 gap-6 lg:sticky lg:top-24">
          <SettingsSummary {...part} />
          <ClassHistory {...part} />
          {teaches ? <HistoryKeys {...part} /> : null}
        </div>
        {teaches ? (
          <div className="grid min-w-0 gap-6">
            <SettingsForm {...part} />
            <ScheduleForm {...part} />
            <SupportRuleForm {...part} />
          </div>
        ) : null}
      </div>
      <SavedStatus state={saving.state} />
    </>
  )
}
