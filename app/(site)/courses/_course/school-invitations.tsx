'use client'

/**
 * Courses that the school has invited this person to. Joining signs the enrolment with the person's own
 * key; the link's fragment, the root's fingerprint, is the one that the school's admin was given.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { callWire, keys } from '../../../_ui/data/wire.ts'

const KEY = ['course-invitations']

/** The section *Your school invites you*; nothing while there is no invitation. */
export function SchoolInvitations(): ReactNode {
  const t = useTranslations('desk.invited')
  const cache = useQueryClient()
  const [joining, setJoining] = useState<string>()
  const [error, setError] = useState<string>()
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => callWire('courseInvitations', {}, null, { signal }),
  })
  const invitations = query.data?.invitations ?? []
  if (invitations.length === 0) return null
  const join = async (invitation: (typeof invitations)[number]): Promise<void> => {
    setJoining(invitation.courseId)
    setError(undefined)
    try {
      const { inviteToken: token, rootFingerprint } = invitation
      await getVault().call('joinCourse', { token, fragment: `#${rootFingerprint}` })
      await cache.invalidateQueries({ queryKey: keys.courses })
      await cache.invalidateQueries({ queryKey: KEY })
    } catch (cause) {
      setError(sentenceFor(cause))
    }
    setJoining(undefined)
  }
  return (
    <Section id="invited" title={t('title')} description={t('line')} className="mb-8">
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      <ul className="grid gap-4">
        {invitations.map((invitation) => (
          <li
            key={invitation.courseId}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3"
          >
            <div className="grid min-w-0">
              <span className="truncate font-medium">{invitation.courseName}</span>
              <span className="truncate text-sm text-ink-muted">
                {t('by', { teacher: invitation.teacherName })}
              </span>
            </div>
            <Button
              variant="secondary"
              busy={joining === invitation.courseId && t('join', { course: invitation.courseName })}
              onClick={() => join(invitation)}
            >
              {t('join', { course: invitation.courseName })}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
