'use client'

/**
 * What the running of a class says over the room: who waits at the door, that the class will end by
 * itself, that a teacher asks one to unmute, what was stopped or is not allowed. It never acts by itself.
 */
import { DoorOpen, Hourglass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode } from 'react'
import type { LocalMedia, Moderation, VideoRest } from '../../_call/index.ts'
import { Button } from '../../_ui/button.tsx'
import { Dialog, DialogActions } from '../../_ui/dialog.tsx'
import { toast } from '../../_ui/toaster.tsx'
import { useDeviceToast } from '../_room/use-device-toast.ts'
import { useStore } from '../_state/use-store.ts'
import { useCommand } from './run-command.ts'

/** Notices above the people, and the question of a teacher. */
export function RoomModeration(props: {
  moderation: Moderation
  localMedia: LocalMedia
  rest: VideoRest
  onShowPeople: () => void
}): ReactNode {
  const { moderation, localMedia, rest, onShowPeople } = props
  const { asked, endsAt, waiting } = useStore(moderation.state)
  useToasts(moderation, rest)
  return (
    <div className="grid shrink-0 gap-2 px-4 empty:hidden [&>*]:mb-2">
      {endsAt === null ? null : <EndingSoon endsAt={endsAt} />}
      {waiting.length === 0 ? null : (
        <SomebodyWaits moderation={moderation} onShowPeople={onShowPeople} />
      )}
      <AskedToUnmute moderation={moderation} localMedia={localMedia} open={asked} />
    </div>
  )
}

function useToasts(moderation: Moderation, rest: VideoRest): void {
  const t = useTranslations('moderation')
  useEffect(() => {
    const stops = [
      moderation.events.on('stopped', ({ source, by }) => {
        toast(t(`stopped.${by}.${source}`))
      }),
      moderation.events.on('forbidden', ({ permission }) => {
        toast(t(`forbidden.${permission}`), { id: `forbidden-${permission}` })
      }),
      rest.events.on('rested', () => {
        toast(t('rested'), { id: 'rested' })
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [moderation, rest, t])
}

const notice = 'flex flex-wrap items-center gap-3 rounded-card px-4 py-3 text-sm'

function EndingSoon({ endsAt }: { endsAt: number }): ReactNode {
  const t = useTranslations('moderation')
  const [left, setLeft] = useState(() => endsAt - Date.now())
  useEffect(() => {
    const timer = setInterval(() => {
      setLeft(endsAt - Date.now())
    }, 1_000)
    return () => {
      clearInterval(timer)
    }
  }, [endsAt])
  const seconds = Math.max(0, Math.ceil(left / 1_000))
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <div className={`${notice} bg-warning-soft text-warning-ink`}>
      <Hourglass aria-hidden="true" className="size-4.5 shrink-0" />
      {/* Announced once, not each second. */}
      <p role="status">{t('ending')}</p>
      <p role="timer" aria-label={t('endingIn')} className="font-medium tabular-nums">
        {time}
      </p>
    </div>
  )
}

function SomebodyWaits(props: { moderation: Moderation; onShowPeople: () => void }): ReactNode {
  const { moderation, onShowPeople } = props
  const t = useTranslations('moderation.door')
  const { waiting } = useStore(moderation.state)
  const command = useCommand()
  const [first] = waiting
  if (first === undefined) return null
  const alone = waiting.length === 1
  return (
    <div className={`${notice} bg-accent-soft`}>
      <DoorOpen aria-hidden="true" className="size-4.5 shrink-0 text-accent-ink" />
      <p role="status" className="line-clamp-2 min-w-0 flex-1 basis-40 break-words">
        {alone ? t('oneWaits', { name: first.name }) : t('manyWait', { count: waiting.length })}
      </p>
      <div className="flex gap-2">
        <Button size="sm" variant="secondary" onClick={onShowPeople}>
          {t('show')}
        </Button>
        <Button
          size="sm"
          onClick={() =>
            command(() =>
              alone ? moderation.answerDoor(first.accountId, 'admit') : moderation.admitAll(),
            )
          }
        >
          {alone ? t('admit') : t('admitAll')}
        </Button>
      </div>
    </div>
  )
}

function AskedToUnmute(props: {
  moderation: Moderation
  localMedia: LocalMedia
  open: boolean
}): ReactNode {
  const { moderation, localMedia, open } = props
  const t = useTranslations('moderation.asked')
  const tell = useDeviceToast(localMedia)
  const answer = (unmute: boolean) => async () => {
    await moderation.answerAsked(unmute)
    if (unmute) tell('microphone')
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(shown) => {
        if (!shown) void moderation.answerAsked(false)
      }}
      size="sm"
      title={t('title')}
      description={t('text')}
    >
      <DialogActions>
        <Button variant="secondary" onClick={answer(false)}>
          {t('stay')}
        </Button>
        <Button onClick={answer(true)}>{t('unmute')}</Button>
      </DialogActions>
    </Dialog>
  )
}
