'use client'

/**
 * Which part of a class's page shows: the lobby, the room, or the words after it. It must never ask
 * for devices before web has said that this person may enter.
 */
import { useQuery } from '@tanstack/react-query'
import { usePathname, useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode } from 'react'
import { ButtonLink } from '../../_ui/button.tsx'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire } from '../../_ui/data/visit-wire.ts'
import { LoadingState } from '../../_ui/spinner.tsx'
import { ErrorState } from '../../_ui/states.tsx'
import type { ClassAnswer } from '../../_wire/visit.ts'
import { WireError } from '../../_wire/client.ts'
import { isGuest } from '../_lobby/guest.ts'
import { Lobby } from '../_lobby/lobby.tsx'
import { Classroom } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { WaitingPage } from '../_moderation/waiting-page.tsx'
import { useRoleChange } from '../_moderation/use-role-change.ts'
import { AfterCall } from './after-call.tsx'
import { Room } from './room.tsx'

/** Lobby, room and end of one class. */
export function ClassPage({ classId }: { classId: string }): ReactNode {
  const t = useTranslations('class')
  const router = useRouter()
  const path = usePathname()
  const lobby = useQuery({
    queryKey: ['class', classId],
    queryFn: ({ signal }) => callWire('class', { id: classId }, null, { signal }),
    // What the lobby showed stays true for the whole visit; the call itself says what changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const signedOut = lobby.error instanceof WireError && lobby.error.code === 'not-signed-in'

  useEffect(() => {
    if (signedOut) router.replace(`/sign-in?next=${encodeURIComponent(path)}`)
  }, [signedOut, router, path])

  if (lobby.isPending || signedOut) return <LoadingState text={t('loading')} />
  if (lobby.isError) {
    return (
      <ErrorState
        level={1}
        title={t('notFoundTitle')}
        action={<ButtonLink href="/courses">{t('backToCourse')}</ButtonLink>}
      >
        {t('notFoundText', { reason: sentenceFor(lobby.error) })}
      </ErrorState>
    )
  }
  if (lobby.data.endedAt !== null) return <ClassOver info={lobby.data} />
  return <Visit info={lobby.data} />
}

function Visit({ info }: { info: ClassAnswer }): ReactNode {
  const [classroom] = useState(() => new Classroom(info.id))
  const { visit } = useStore(classroom.state)
  useEffect(() => classroom.open(), [classroom])
  useRoleChange(classroom)
  if (visit === null) return <Lobby classroom={classroom} info={info} />
  return <Call classroom={classroom} info={info} visit={visit} />
}

function Call(props: {
  classroom: Classroom
  info: ClassAnswer
  visit: NonNullable<ReturnType<Classroom['state']['getState']>['visit']>
}): ReactNode {
  const { classroom, info, visit } = props
  const { phase, end } = useStore(visit.call.state)
  if (phase === 'ended' && end !== null) {
    return <AfterCall classroom={classroom} info={info} visit={visit} end={end} />
  }
  if (phase === 'waiting') {
    return <WaitingPage classroom={classroom} info={info} guestName={visit.guestName} />
  }
  return <Room classroom={classroom} info={info} visit={visit} />
}

function ClassOver({ info }: { info: ClassAnswer }): ReactNode {
  const t = useTranslations('class')
  const when = new Date(info.endedAt ?? 0).toLocaleString(undefined, {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  return (
    <main className="grid min-h-dvh place-content-center justify-items-center gap-6 p-6 text-center">
      <h1 className="text-2xl font-semibold tracking-tight">{t('endedTitle')}</h1>
      <p className="max-w-md text-ink-muted">{t('endedText', { when })}</p>
      {isGuest(info) ? null : (
        <ButtonLink href={`/courses/${info.courseId}`}>{t('backToCourse')}</ButtonLink>
      )}
    </main>
  )
}
