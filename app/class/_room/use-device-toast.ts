'use client'

/** Says what is wrong with a device after it was asked for. It must never say anything while all is well. */
import { useTranslations } from 'next-intl'
import type { DeviceKind, LocalMedia } from '../../_call/index.ts'
import { toast } from '../../_ui/toaster.tsx'
import { knownProblem } from '../_lobby/known-problem.ts'

/** Answers what looks at a device as it is by then, and tells of its problem. */
export function useDeviceToast(localMedia: LocalMedia): (kind: DeviceKind) => void {
  const t = useTranslations('class.devices')
  return (kind) => {
    const problem = knownProblem(localMedia.state.getState()[kind])
    if (problem !== null) toast.error(t(`${kind}Problem.${problem}`))
  }
}
