'use client'

/**
 * Before the class: how one looks and sounds, which devices to use, the name of a guest, and one
 * clear way in. It must never keep anybody out for want of a camera.
 */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { Button } from '../../_ui/button.tsx'
import { Logo } from '../../_ui/logo.tsx'
import { TextField } from '../../_ui/text-field.tsx'
import { useVault } from '../../_ui/data/use-vault.ts'
import type { ClassAnswer } from '../../_wire/visit.ts'
import { displayName } from '../../_wire/primitives.ts'
import type { Classroom } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { SoundCheck } from '../_devices/lazy.tsx'
import { DevicePicker } from './device-picker.tsx'
import { DevicePreview } from './device-preview.tsx'
import { DeviceProblem } from './device-problem.tsx'
import { isGuest } from './guest.ts'
import { LevelMeter } from './level-meter.tsx'

/** Preview, devices and the button *Join class*. */
export function Lobby(props: { classroom: Classroom; info: ClassAnswer }): ReactNode {
  const { classroom, info } = props
  const t = useTranslations('class.lobby')
  const media = useStore(classroom.localMedia.state)
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-6xl flex-col px-4 py-6 sm:px-8 sm:py-8">
      <Logo />
      <div className="grid flex-1 content-center gap-8 py-6 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:gap-x-14 lg:gap-y-4">
        <section aria-label={t('preview')}>
          <Preview classroom={classroom} guest={isGuest(info)} />
        </section>
        {/* Before the devices, so that on a telephone the way in is seen without scrolling. */}
        <section className="grid gap-6 lg:row-span-2 lg:self-center">
          <div className="grid gap-2">
            <p className="text-sm font-medium text-accent-ink">{info.courseName}</p>
            <h1 className="text-3xl font-semibold tracking-tight text-balance sm:text-4xl">
              {t('heading')}
            </h1>
            <p className="text-ink-muted">{t('since', { time: timeOf(info.startedAt) })}</p>
          </div>
          <ReadingsNote info={info} />
          <DeviceProblem media={media} />
          <JoinForm classroom={classroom} guest={isGuest(info)} />
        </section>
        <div className="grid gap-4">
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <DevicePicker localMedia={classroom.localMedia} kind="camera" device={media.camera} />
            <div className="grid content-start gap-3">
              <DevicePicker
                localMedia={classroom.localMedia}
                kind="microphone"
                device={media.microphone}
              />
              <LevelMeter track={media.microphone.track} muted={!media.microphone.wanted} />
            </div>
          </div>
          <SoundCheck
            localMedia={classroom.localMedia}
            speaker={classroom.speaker}
            noise={classroom.noise}
          />
        </div>
      </div>
    </main>
  )
}

function Preview({ classroom, guest }: { classroom: Classroom; guest: boolean }): ReactNode {
  return guest ? (
    <DevicePreview localMedia={classroom.localMedia} name="?" />
  ) : (
    <OwnPreview classroom={classroom} />
  )
}

function OwnPreview({ classroom }: { classroom: Classroom }): ReactNode {
  const { account } = useVault()
  return <DevicePreview localMedia={classroom.localMedia} name={account?.name ?? ' '} />
}

function ReadingsNote({ info }: { info: ClassAnswer }): ReactNode {
  const t = useTranslations('class.lobby')
  if (isGuest(info)) return <p className="text-ink-muted">{t('guestNote')}</p>
  if (info.readings === 'off') return null
  const teaching = info.role === 'teacher'
  const forStudent = info.readings === 'expression' ? 'readingsExpression' : 'readingsCheckIns'
  return (
    <p className="rounded-card border border-line bg-raised p-4 text-[0.9375rem] leading-relaxed text-ink-muted">
      {t(teaching ? 'readingsTeacher' : forStudent)}
    </p>
  )
}

function JoinForm({ classroom, guest }: { classroom: Classroom; guest: boolean }): ReactNode {
  const t = useTranslations('class.lobby')
  const [missing, setMissing] = useState(false)
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (!guest) {
      classroom.join(null)
      return
    }
    // The server takes the same names, and no others.
    const name = displayName.safeParse(new FormData(event.currentTarget).get('name'))
    if (name.success) classroom.join(name.data)
    else setMissing(true)
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      {guest ? (
        <TextField
          name="name"
          label={t('yourName')}
          autoComplete="name"
          maxLength={100}
          error={missing ? t('yourNameMissing') : undefined}
        />
      ) : null}
      <Button type="submit" size="lg" className="w-full sm:w-auto sm:justify-self-start sm:px-10">
        {t('join')}
      </Button>
    </form>
  )
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { timeStyle: 'short' })
}
