'use client'

/** Courses with their policies: all of them for school admins, their own for course admins. */
import { GraduationCap } from 'lucide-react'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Badge } from '../../_ui/badge.tsx'
import { Card } from '../../_ui/card.tsx'
import { useSession } from '../../_ui/data/use-session.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { Cell, Row, Table, type Sorting } from '../../_ui/table.tsx'
import { NothingFits, SearchBox, ShowMore, useList } from './list-tools.tsx'

/** The page `/admin/courses`. */
export function CoursesPage(): ReactNode {
  const t = useTranslations('desk.courses')
  const desk = useTranslations('desk')
  const common = useTranslations('common')
  const locale = useLocale()
  const all = useSession().data?.account?.schoolAdmin ?? false
  const [search, setSearch] = useState('')
  const [sorting, setSorting] = useState<Sorting>({ by: 'name', order: 'asc' })
  const query = { search, sort: sorting.by, order: sorting.order }
  const list = useList('deskCourses', ['desk-courses'], query)
  const courses = list.data?.pages.flatMap((page) => page.courses) ?? []
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const columns = [
    { key: 'name', label: t('name'), sortable: true },
    { key: 'people', label: t('people'), numeric: true, sortable: true },
    { key: 'readings', label: t('readings') },
    { key: 'history', label: t('history') },
    { key: 'lastClass', label: t('last'), sortable: true },
  ]
  return (
    <>
      <PageHeader title={t('title')} description={all ? t('line') : t('lineOwn')} />
      <div className="grid grid-cols-1 gap-6">
        <div className="flex">
          <SearchBox label={desk('searchCourses')} onSearch={setSearch} />
        </div>
        {list.isPending ? <LoadingState text={common('loading')} /> : null}
        {list.error ? <LoadFailed error={list.error} retry={list.refetch} /> : null}
        {list.data && courses.length === 0 ? (
          search === '' ? (
            <EmptyState icon={<GraduationCap aria-hidden="true" />} title={t('emptyTitle')}>
              {t('emptyText')}
            </EmptyState>
          ) : (
            <NothingFits />
          )
        ) : null}
        {courses.length > 0 ? (
          <Card className="p-5">
            <Table caption={t('table')} columns={columns} sorting={sorting} onSort={setSorting}>
              {courses.map((course) => (
                <Row key={course.id}>
                  <Cell className="min-w-44">
                    <Link
                      href={`/admin/courses/${course.id}`}
                      className="font-medium underline-offset-4 hover:underline"
                    >
                      {course.name}
                    </Link>
                    <span className="block text-sm text-ink-muted">
                      {course.teachers.join(', ')}
                    </span>
                  </Cell>
                  <Cell numeric>{course.people}</Cell>
                  <Cell className="whitespace-nowrap">{t(`modes.${course.readings}`)}</Cell>
                  <Cell className="whitespace-nowrap">{t(`policies.${course.historyPolicy}`)}</Cell>
                  <Cell className="whitespace-nowrap">
                    {course.live ? (
                      <Badge tone="accent" live>
                        {t('live')}
                      </Badge>
                    ) : course.lastClassAt === null ? (
                      desk('never')
                    ) : (
                      date.format(course.lastClassAt)
                    )}
                  </Cell>
                </Row>
              ))}
            </Table>
          </Card>
        ) : null}
        <ShowMore list={list} />
      </div>
    </>
  )
}
