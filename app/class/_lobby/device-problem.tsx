'use client'

/**
 * What is wrong with camera or microphone, and what to do about it, in words. It must never sound as
 * if one could not join.
 */
import { CameraOff, MicOff, ShieldAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { LocalMediaState } from '../../_call/index.ts'
import { knownProblem } from './known-problem.ts'

/** One notice for each device that has a problem; nothing while all is well. */
export function DeviceProblem({ media }: { media: LocalMediaState }): ReactNode {
  const t = useTranslations('class')
  const camera = knownProblem(media.camera)
  const microphone = knownProblem(media.microphone)
  if (camera === null && microphone === null) return null
  if (!window.isSecureContext) {
    return <Notice icon={<ShieldAlert aria-hidden="true" />}>{t('lobby.insecure')}</Notice>
  }
  return (
    <div className="grid gap-3">
      {camera === null ? null : (
        <Notice icon={<CameraOff aria-hidden="true" />}>
          {t(`devices.cameraProblem.${camera}`)}
        </Notice>
      )}
      {microphone === null ? null : (
        <Notice icon={<MicOff aria-hidden="true" />}>
          {t(`devices.microphoneProblem.${microphone}`)}
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
