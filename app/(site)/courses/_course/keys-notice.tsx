'use client'

/**
 * Keys of teachers that changed out of the ordinary: whose, how to compare them, and the word that lets readings go on.
 * It must never confirm by itself.
 */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import type { KeysToConfirm } from '../../../_vault/verbs.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import type { CoursePartProps } from './course-page.tsx'

const toConfirm = (courseId: string) => ['keys-to-confirm', courseId]

/** Whose keys of a course wait for this person's word. */
export function useKeysToConfirm(courseId: string): UseQueryResult<KeysToConfirm> {
  return useQuery({
    queryKey: toConfirm(courseId),
    queryFn: () => getVault().call('keysToConfirm', { courseId }),
  })
}

/** Button *Confirm the keys*; absent while there is nothing to confirm. */
export function KeysNotice({ course, saving, reload }: CoursePartProps): ReactNode {
  const t = useTranslations('care')
  const cache = useQueryClient()
  const [error, setError] = useState<string>()
  const query = useKeysToConfirm(course.id)
  if (query.data?.changed !== true) return null
  const { people } = query.data
  const confirm = async (): Promise<void> => {
    setError(undefined)
    try {
      await saving.run(async () => {
        await getVault().call('confirmKeys', { courseId: course.id })
        await cache.invalidateQueries({ queryKey: toConfirm(course.id) })
        await cache.invalidateQueries({ queryKey: ['history-keys', course.id] })
        await reload()
      })
    } catch (cause) {
      setError(sentenceFor(cause))
    }
  }
  return (
    <Notice
      tone="warning"
      title={t('keysTitle')}
      actions={
        <Button
          size="sm"
          variant="secondary"
          busy={saving.state === 'saving' && t('keysConfirming')}
          onClick={confirm}
        >
          {t('keysConfirm')}
        </Button>
      }
    >
      <p>{people.length === 0 ? t('keysAnew') : t('keysPeople')}</p>
      {people.length === 0 ? null : (
        <ul className="grid gap-1 pt-2">
          {people.map((person) => (
            <li key={person.accountId} className="flex flex-wrap gap-x-3">
              <span className="font-medium">{person.name}</span>
              <span className="font-mono text-sm">{person.fingerprint}</span>
            </li>
          ))}
        </ul>
      )}
      {error ? <p className="pt-2 text-danger-ink">{error}</p> : null}
    </Notice>
  )
}
