'use client'

/**
 * Who can open a course's history, for its teachers: says when only one person can, hands earlier keys over to another
 * teacher, and starts afresh when nobody holds the key any more. It must never promise what a key cannot open.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import type { CourseKey } from '../../../_vault/history/verbs.ts'
import { Avatar } from '../../../_ui/avatar.tsx'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { Dialog, DialogActions } from '../../../_ui/dialog.tsx'
import { Spinner } from '../../../_ui/spinner.tsx'
import type { CoursePartProps } from '../_course/course-page.tsx'
import { useKeysToConfirm } from '../_course/keys-notice.tsx'

type Person = CoursePartProps['course']['people'][number]

/** The section *Keys of the history*. */
export function HistoryKeys(props: CoursePartProps): ReactNode {
  const { course, account, saving, reload } = props
  const t = useTranslations('historyKeys')
  const cache = useQueryClient()
  const teachers = course.people.filter(({ role }) => role === 'teacher')
  const queryKey = ['history-keys', course.id, teachers.map(({ accountId }) => accountId).join()]
  const query = useQuery({
    queryKey,
    queryFn: () => getVault().call('historyKeys', { courseId: course.id }),
  })
  const waiting = useKeysToConfirm(course.id).data?.changed === true
  const [handing, setHanding] = useState<Person>()
  const [error, setError] = useState<string>()
  const change = async (run: () => Promise<unknown>): Promise<void> => {
    setError(undefined)
    try {
      await saving.run(async () => {
        await run()
        await Promise.all([reload(), cache.invalidateQueries({ queryKey })])
      })
      setHanding(undefined)
    } catch (cause) {
      setError(sentenceFor(cause))
    }
  }
  if (query.isPending) return <Spinner text={t('loading')} />
  if (query.error) {
    return (
      <Notice tone="danger" alert>
        {sentenceFor(query.error)}
      </Notice>
    )
  }
  const { generations } = query.data
  const newest = generations.at(-1)
  const only = newest?.mine === true && newest.holders.length === 1
  return (
    <Section id="keys" title={t('title')} description={t('line')}>
      {newest && !newest.mine ? (
        <Notice
          tone="warning"
          title={t('lostTitle')}
          actions={
            waiting ? null : (
              <Button
                size="sm"
                variant="secondary"
                busy={saving.state === 'saving' && t('making')}
                onClick={() =>
                  change(() => getVault().call('startAfresh', { courseId: course.id }))
                }
              >
                {t('startAfresh')}
              </Button>
            )
          }
        >
          {t('lostText')} {waiting ? t('confirmFirst') : null}
        </Notice>
      ) : null}
      {only ? (
        <Notice tone="info" title={t('onlyTitle')}>
          {t('onlyText')}
        </Notice>
      ) : null}
      <ul className="grid gap-3">
        {teachers.map((person) => (
          <li
            key={person.accountId}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2"
          >
            <span className="flex min-w-0 items-center gap-3">
              <Avatar name={person.name} size="sm" />
              <span className="grid min-w-0">
                <span className="truncate">{person.name}</span>
                <span className="text-sm text-ink-muted">
                  {t(
                    reachOf(generations, person.accountId, person.accountId === account.accountId),
                  )}
                </span>
              </span>
            </span>
            {person.accountId !== account.accountId && lacks(generations, person.accountId) ? (
              <Button
                size="sm"
                variant="secondary"
                onClick={() => {
                  setHanding(person)
                }}
              >
                {t('handOver')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {error && !handing ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      {handing ? (
        <Dialog
          open
          size="sm"
          onOpenChange={(open) => {
            if (!open) setHanding(undefined)
          }}
          title={t('handOverTitle', { name: handing.name })}
          description={t('handOverText', { name: handing.name })}
        >
          {error ? (
            <Notice tone="danger" alert>
              {error}
            </Notice>
          ) : null}
          <DialogActions>
            <Button
              variant="secondary"
              onClick={() => {
                setHanding(undefined)
              }}
            >
              {t('cancel')}
            </Button>
            <Button
              busy={saving.state === 'saving' && t('handing')}
              onClick={() =>
                change(() =>
                  getVault().call('handOver', {
                    courseId: course.id,
                    accountId: handing.accountId,
                    confirmedName: handing.name,
                  }),
                )
              }
            >
              {t('handOver')}
            </Button>
          </DialogActions>
        </Dialog>
      ) : null}
    </Section>
  )
}

function reachOf(
  generations: readonly CourseKey[],
  accountId: string,
  own: boolean,
): 'opensAll' | 'opensSome' | 'opensNone' {
  const held = generations.filter(({ mine, holders }) => (own ? mine : holders.includes(accountId)))
  if (held.length === 0) return 'opensNone'
  return held.length === generations.length ? 'opensAll' : 'opensSome'
}

/** True where I hold a key that this teacher does not. */
function lacks(generations: readonly CourseKey[], accountId: string): boolean {
  return generations.some(({ mine, holders }) => mine && !holders.includes(accountId))
}
