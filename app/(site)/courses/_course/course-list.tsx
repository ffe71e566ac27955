'use client'

/**
 * A person's courses, each a card that leads to its page. People marked as teachers can create one.
 */
import { GraduationCap, Plus } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { RouteAnswer } from '../../../_wire/routes.ts'
import { Badge } from '../../../_ui/badge.tsx'
import { Button } from '../../../_ui/button.tsx'
import { useSession } from '../../../_ui/data/use-session.ts'
import { useCourses } from '../../../_ui/data/wire.ts'
import { PageHeader } from '../../../_ui/page-header.tsx'
import { LoadingState } from '../../../_ui/spinner.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import { LoadFailed } from '../../../_ui/load-failed.tsx'
import { VaultGate } from '../../../_ui/vault-gate.tsx'
import { CreateCourse } from './create-course.tsx'
import { ROLE_NAMES } from './roles.ts'
import { SchoolInvitations } from './school-invitations.tsx'

/** The page `/courses`. */
export function CourseList(): ReactNode {
  return <VaultGate>{() => <Courses />}</VaultGate>
}

function Courses(): ReactNode {
  const t = useTranslations('courses')
  const courses = useCourses()
  const session = useSession()
  const [creating, setCreating] = useState(false)
  const mayTeach = session.data?.account?.mayTeach ?? false
  const list = courses.data?.courses ?? []
  const create = mayTeach ? (
    <Button
      onClick={() => {
        setCreating(true)
      }}
    >
      <Plus aria-hidden="true" />
      {t('create')}
    </Button>
  ) : null

  if (courses.isPending || session.isPending) return <LoadingState text={t('loading')} />
  if (courses.error) return <LoadFailed error={courses.error} retry={courses.refetch} />
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('line')}
        actions={list.length > 0 ? create : null}
      />
      <SchoolInvitations />
      {list.length === 0 ? (
        <EmptyState
          icon={<GraduationCap aria-hidden="true" />}
          title={mayTeach ? t('emptyTeacherTitle') : t('emptyStudentTitle')}
          action={create}
        >
          {mayTeach ? t('emptyTeacherText') : t('emptyStudentText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {list.map((course) => (
            <li key={course.id}>
              <CourseCard course={course} />
            </li>
          ))}
        </ul>
      )}
      <CreateCourse open={creating} onOpenChange={setCreating} />
    </>
  )
}

type CourseSummary = RouteAnswer<'listCourses'>['courses'][number]

function CourseCard({ course }: { course: CourseSummary }): ReactNode {
  const t = useTranslations('courses')
  const common = useTranslations('common')
  return (
    <div className="relative grid h-full content-between gap-8 rounded-card border border-line bg-raised p-6 shadow-resting transition-shadow hover:shadow-floating has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <h2 className="text-xl font-semibold tracking-tight break-words">
        <Link
          href={`/courses/${course.id}`}
          className="after:absolute after:inset-0 focus-visible:outline-none"
        >
          {course.name}
        </Link>
      </h2>
      <div className="flex flex-wrap items-center gap-2 text-sm text-ink-muted">
        <Badge tone={course.role === 'student' ? 'neutral' : 'accent'}>
          {common(ROLE_NAMES[course.role])}
        </Badge>
        <span>{t('peopleCount', { count: course.people })}</span>
        {course.liveClassId ? (
          <Badge tone="success" live className="ml-auto">
            {t('liveNow')}
          </Badge>
        ) : null}
      </div>
    </div>
  )
}
