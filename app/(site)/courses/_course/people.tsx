'use client'

/**
 * Who is in the course, seen by everyone in it; teachers give roles and remove people here. A role is
 * given to the name on the line, which the vault checks again before it signs.
 */
import { UserMinus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { CourseAnswer } from '../../../_wire/courses.ts'
import type { CourseRole } from '../../../_wire/roles.ts'
import { getVault } from '../../../_vault/client.ts'
import { Avatar } from '../../../_ui/avatar.tsx'
import { IconButton } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { ConfirmDialog } from '../../../_ui/confirm-dialog.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { Select } from '../../../_ui/select.tsx'
import { EmptyState } from '../../../_ui/states.tsx'
import type { CoursePartProps } from './course-page.tsx'
import { LeaveCourse } from './leave-course.tsx'
import { ROLE_NAMES, ROLES } from './roles.ts'

type Person = CourseAnswer['people'][number]

/** The list *People*, with a combobox *Role of NAME* on each line for teachers. */
export function People({ course, account, saving, reload }: CoursePartProps): ReactNode {
  const t = useTranslations('courses')
  const common = useTranslations('common')
  const [error, setError] = useState<string>()
  const [changing, setChanging] = useState<string>()
  const [leaving, setLeaving] = useState<Person>()
  const teaches = course.role === 'teacher'
  const setRole = async (person: Person, role: CourseRole): Promise<void> => {
    setError(undefined)
    setChanging(person.accountId)
    try {
      await saving.run(async () => {
        await getVault().call('setRole', {
          courseId: course.id,
          accountId: person.accountId,
          role,
          confirmedName: person.name,
        })
        await reload()
      })
    } catch (cause) {
      setError(sentenceFor(cause))
    } finally {
      setChanging(undefined)
    }
  }

  return (
    <Section
      id="people"
      title={t('peopleTitle')}
      description={teaches ? `${t('peopleLine')} ${t('roleHint')}` : t('peopleLine')}
    >
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      <ul className="-my-3">
        {course.people.map((person) => {
          const own = person.accountId === account.accountId
          return (
            <li
              key={person.accountId}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line/70 py-3 last:border-0"
            >
              <div className="flex min-w-0 flex-[1_1_12rem] items-center gap-3">
                <Avatar name={person.name} size="sm" />
                <span className="truncate">
                  {person.name}
                  {own ? <span className="text-ink-muted"> ({t('you')})</span> : null}
                </span>
              </div>
              {teaches && !own ? (
                <div className="flex items-center gap-2 max-sm:w-full max-sm:pl-11">
                  <Select
                    label={t('roleOf', { name: person.name })}
                    labelHidden
                    compact
                    className="w-40 max-sm:flex-1"
                    value={person.role}
                    disabled={changing !== undefined}
                    options={ROLES.map((role) => ({
                      value: role,
                      label: common(ROLE_NAMES[role]),
                    }))}
                    onValueChange={(value) => {
                      const role = ROLES.find((one) => one === value)
                      if (role) void setRole(person, role)
                    }}
                  />
                  <IconButton
                    size="sm"
                    label={t('remove', { name: person.name })}
                    onClick={() => {
                      setLeaving(person)
                    }}
                  >
                    <UserMinus aria-hidden="true" />
                  </IconButton>
                </div>
              ) : (
                <span className="flex items-center gap-3 whitespace-nowrap text-ink-muted max-sm:w-full max-sm:justify-between max-sm:pl-11">
                  {common(ROLE_NAMES[person.role])}
                  {own ? <LeaveCourse course={course} account={account} /> : null}
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {teaches && course.people.length === 1 ? (
        <EmptyState level={3} title={t('peopleEmptyTitle')} className="py-8">
          {t('peopleEmptyText')}
        </EmptyState>
      ) : null}
      {leaving ? (
        <ConfirmDialog
          title={t('removeTitle', { name: leaving.name })}
          description={t('removeText')}
          cancel={common('cancel')}
          confirm={{ label: t('removeConfirm'), doing: t('removing') }}
          act={async () => {
            await saving.run(async () => {
              await getVault().call('removePerson', {
                courseId: course.id,
                accountId: leaving.accountId,
              })
              await reload()
            })
            setLeaving(undefined)
          }}
          close={() => {
            setLeaving(undefined)
          }}
        />
      ) : null}
    </Section>
  )
}
