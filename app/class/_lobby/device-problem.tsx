'use client'

/**
 * What is wrong with camera or microphone, and what to do about it, in words. It must never sound as
 * if one could not join.
 */
import { CameraOff, MicOff, ShieldAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { CallErrorCode, LocalMediaState } from '../../_call/index.ts'

const KNOWN = [
  'device-permission-refused',
  'device-not-found',
  'device-in-use',
  'device-unavailable',
] as const

type KnownProblem = (typeof KNOWN)[number]

/** The code of a device's problem that there are words for. */
export function knownProblem(problem: CallErrorCode): KnownProblem {
  return KNOWN.find((code) => code === problem) ?? 'device-unavailable'
}

/** One notice for each device that has a problem; nothing while all is well. */
export function DeviceProblem({ media }: { media: LocalMediaState }): ReactNode {
  const t = useTranslations('class')
  const { camera, microphone } = media
  if (camera.problem === null && microphone.problem === null) return null
  if (!window.isSecureContext) {
    return <Notice icon={<ShieldAlert aria-hidden="true" />}>{t('lobby.insecure')}</Notice>
  }
  return (
    <div className="grid gap-3">
      {camera.problem === null ? null : (
        <Notice icon={<CameraOff aria-hidden="true" />}>
          {t(`devices.cameraProblem.${knownProblem(camera.problem)}`)}
        </Notice>
      )}
      {microphone.problem === null ? null : (
        <Notice icon={<MicOff aria-hidden="true" />}>
          {t(`devices.microphoneProblem.${knownProblem(microphone.problem)}`)}
        </Notice>
      )}
    </div>
  )
}

function Notice({ icon, children }: { icon: ReactNode; children: ReactNode }): ReactNode {
  return (
    <p
      role="status"
      className="flex items-start gap-3 rounded-card bg-warning-soft p-4 text-sm leading-relaxed text-warning-ink [&_svg]:mt-0.5 [&_svg]:size-4.5 [&_svg]:shrink-0"
    >
      {icon}
      <span>{children}</span>
    </p>
  )
}
