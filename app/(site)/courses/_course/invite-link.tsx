'use client'

/**
 * The link by which people join. The vault adds the fingerprint of the course's root after it has
 * checked the course's signatures; the page must never make that part up.
 */
import { skipToken, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { getVault } from '../../../_vault/client.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { CopyField } from '../../../_ui/copy-field.tsx'
import { usePublicUrl } from '../../../_ui/data/use-session.ts'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { Spinner } from '../../../_ui/spinner.tsx'
import type { CoursePartProps } from './course-page.tsx'
import { InvitationText } from './invitation-text.tsx'

/** Read-only textbox *Invite link*. */
export function InviteLink({ course }: CoursePartProps): ReactNode {
  const t = useTranslations('courses')
  const common = useTranslations('common')
  const origin = usePublicUrl()
  const link = useQuery({
    queryKey: ['invite-link', course.id, course.inviteToken, origin],
    queryFn:
      origin === null
        ? skipToken
        : () => getVault().call('inviteLink', { courseId: course.id, origin }),
    staleTime: Infinity,
  })
  return (
    <Section id="invite" title={t('inviteTitle')} description={t('inviteLine')}>
      {link.data ? (
        <div className="grid gap-4">
          <CopyField label={t('inviteLabel')} value={link.data.url} />
          <InvitationText course={course} url={link.data.url} />
        </div>
      ) : null}
      {link.isPending ? <Spinner text={t('inviteMaking')} /> : null}
      {link.error ? (
        <Notice
          tone="danger"
          alert
          actions={
            <Button size="sm" variant="secondary" onClick={() => link.refetch()}>
              {common('tryAgain')}
            </Button>
          }
        >
          {sentenceFor(link.error)}
        </Notice>
      ) : null}
    </Section>
  )
}
