'use client'

/**
 * One person: rights, age group, courses, what happened, and what the school does with the person's
 * data. It shows no reading and cannot: nothing here opens one.
 */
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ageGroup as ageGroups } from '../../_wire/age.ts'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { Badge } from '../../_ui/badge.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { Switch } from '../../_ui/choice.tsx'
import { useVault } from '../../_ui/data/use-vault.ts'
import { callWire, keys } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { SavedStatus } from '../../_ui/saved-status.tsx'
import { Select } from '../../_ui/select.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { AuditTable } from './audit-table.tsx'
import { IssueReset, PersonConsents } from './person-care.tsx'
import { PersonData } from './person-data.tsx'
import { useRights, type RightsChange } from './use-rights.ts'

type Details = RouteAnswer<'person'>

/** The page `/admin/people/[id]`. */
export function PersonPage({ id }: { id: string }): ReactNode {
  const t = useTranslations('desk.person')
  const rights = useRights()
  const query = useQuery({
    queryKey: keys.person(id),
    queryFn: ({ signal }) => callWire('person', { id }, null, { signal }),
  })
  if (query.isPending) return <LoadingState text={t('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  const person = query.data
  return (
    <>
      <PageHeader
        back={{ href: '/admin', label: t('back') }}
        title={person.name}
        description={person.email}
      />
      <div className="grid grid-cols-1 gap-6">
        {rights.error ? (
          <Notice tone="danger" alert>
            {rights.error}
          </Notice>
        ) : null}
        <RightsSection person={person} rights={rights} />
        <AgeSection person={person} rights={rights} />
        <Courses person={person} />
        <PersonConsents personId={id} />
        <Section id="trail" title={t('trailTitle')}>
          <AuditTable filter={{ person: id }} />
        </Section>
        <IssueReset personId={id} />
        <PersonData person={person} />
      </div>
      <SavedStatus state={rights.saving.state} />
    </>
  )
}

function RightsSection({ person, rights }: { person: Details; rights: RightsChange }): ReactNode {
  const t = useTranslations('desk.person')
  const { account } = useVault()
  const own = person.id === account?.accountId
  const disabled = rights.changing !== undefined
  const sessions = t('sessions', { count: person.sessions })
  return (
    <Section
      id="rights"
      title={t('rightsTitle')}
      description={own ? `${sessions}. ${t('ownHint')}` : sessions}
    >
      <Switch
        label={t('mayTeach')}
        hint={t('mayTeachHint')}
        checked={person.mayTeach}
        disabled={disabled}
        onCheckedChange={(mayTeach) => void rights.change(person, { mayTeach })}
      />
      <Switch
        label={t('schoolAdmin')}
        hint={t('schoolAdminHint')}
        checked={person.schoolAdmin}
        disabled={disabled || own}
        onCheckedChange={(schoolAdmin) => void rights.change(person, { schoolAdmin })}
      />
      <Switch
        label={t('suspended')}
        hint={t('suspendedHint')}
        checked={person.suspended}
        disabled={disabled || own}
        onCheckedChange={(suspended) => void rights.change(person, { suspended })}
      />
    </Section>
  )
}

function AgeSection({ person, rights }: { person: Details; rights: RightsChange }): ReactNode {
  const t = useTranslations('desk.person')
  const ages = useTranslations('desk.ages')
  const who =
    person.guardian === null
      ? t('guardianUnknown')
      : person.guardian
        ? t('guardianYes')
        : t('guardianNo')
  return (
    <Section id="age" title={t('ageTitle')} description={t('ageLine')}>
      <Select
        label={t('ageTitle')}
        labelHidden
        hint={who}
        className="max-w-xs"
        value={person.ageGroup}
        disabled={rights.changing !== undefined}
        options={ageGroups.options.map((value) => ({ value, label: ages(value) }))}
        onValueChange={(value) => void rights.change(person, { ageGroup: ageGroups.parse(value) })}
      />
    </Section>
  )
}

const ROLE_NAMES = {
  student: 'roleStudent',
  teacher: 'roleTeacher',
  'course-admin': 'roleCourseAdmin',
} as const

function Courses({ person }: { person: Details }): ReactNode {
  const t = useTranslations('desk.person')
  const common = useTranslations('common')
  const locale = useLocale()
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  return (
    <Section id="courses" title={t('coursesTitle')}>
      {person.courses.length === 0 ? <p className="text-ink-muted">{t('coursesNone')}</p> : null}
      <ul className="grid gap-3">
        {person.courses.map((course) => (
          <li key={course.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link
              href={`/admin/courses/${course.id}`}
              className="font-medium underline-offset-4 hover:underline"
            >
              {course.name}
            </Link>
            <Badge>{common(ROLE_NAMES[course.role])}</Badge>
            {course.removedAt === null ? null : (
              <span className="text-sm text-ink-muted">
                {t('removed', { date: date.format(course.removedAt) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
