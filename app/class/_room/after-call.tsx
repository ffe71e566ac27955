'use client'

/**
 * The words after a call: left, ended, removed or refused, and what can be done now.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { CallEnd } from '../../_call/index.ts'
import { Button, ButtonLink } from '../../_ui/button.tsx'
import { SupportMessage } from '../../_ui/support/support-message.tsx'
import type { ClassAnswer } from '../../_wire/visit.ts'
import { isGuest } from '../_lobby/guest.ts'
import { KeepAttendance } from '../_moderation/keep-attendance.tsx'
import type { Classroom, Visit } from '../_state/classroom.ts'

/** Shown in place of the room once the call is over. */
export function AfterCall(props: {
  classroom: Classroom
  info: ClassAnswer
  visit: Visit
  end: CallEnd
}): ReactNode {
  const t = useTranslations('class')
  const { classroom, info, visit, end } = props
  const { courseId, courseName } = info
  const guest = isGuest(info)
  const { title, text } = useWords(end)
  const mayRejoin = end.reason === 'left' || end.reason === 'refused'
  return (
    <main className="grid min-h-dvh animate-fade place-content-center justify-items-center gap-6 p-6 text-center">
      <div className="grid max-w-md gap-2" role="status">
        <h1 className="text-2xl font-semibold tracking-tight text-balance">{title}</h1>
        <p className="leading-relaxed text-ink-muted">{text}</p>
      </div>
      <div className="flex flex-wrap justify-center gap-3">
        <KeepAttendance moderation={visit.moderation} courseName={courseName} />
        {mayRejoin ? (
          <Button
            variant={guest ? 'primary' : 'secondary'}
            onClick={() => {
              classroom.returnToLobby()
            }}
          >
            {t('end.rejoin')}
          </Button>
        ) : null}
        {guest ? null : <ButtonLink href={`/courses/${courseId}`}>{t('backToCourse')}</ButtonLink>}
      </div>
      {guest ? null : <SupportMessage />}
    </main>
  )
}

function useWords({ reason, code }: CallEnd): { title: string; text: string } {
  const t = useTranslations('class.end')
  switch (reason) {
    case 'left':
      return { title: t('leftTitle'), text: t('leftText') }
    case 'class-ended':
      return { title: t('classEndedTitle'), text: t('classEndedText') }
    case 'removed':
      return code === 'by-teacher'
        ? { title: t('sentOutTitle'), text: t('sentOutText') }
        : { title: t('removedTitle'), text: t('removedText') }
    case 'refused': {
      const known = REFUSALS.find((refusal) => refusal === code)
      const text = known ? t(`refused.${known}`) : t('refused.other', { code })
      return { title: t('refusedTitle'), text }
    }
  }
}

const REFUSALS = [
  'class-full',
  'class-locked',
  'removed-from-class',
  'declined',
  'too-many-waiting',
  'too-many-devices',
  'ticket-revoked',
  'not-signed-in',
  'class-not-found',
  'guests-not-allowed',
  'removed-from-course',
  'account-suspended',
] as const
