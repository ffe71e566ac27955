'use client'

/**
 * What stops something in the call but not the call: a device that went away, media that is being
 * set up again. Each says what to do; none covers the people.
 */
import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Call, LocalDevice, LocalMedia } from '../../_call/index.ts'
import { DeviceProblem } from '../_lobby/device-problem.tsx'
import { useStore } from '../_state/use-store.ts'

/** Notices above the people; nothing while all is well. */
export function CallNotices(props: { call: Call; localMedia: LocalMedia }): ReactNode {
  const { call, localMedia } = props
  const t = useTranslations('class.problems')
  const { problem } = useStore(call.state)
  const media = useStore(localMedia.state)
  const known = KNOWN.find((code) => code === problem)
  const lost = isMissing(media.camera) || isMissing(media.microphone)
  return (
    <div className="grid shrink-0 gap-2 px-4 empty:hidden [&>*]:mb-2">
      {problem === null ? null : (
        <p
          role="status"
          className="flex items-center gap-3 rounded-card bg-warning-soft px-4 py-3 text-sm text-warning-ink"
        >
          <CircleAlert aria-hidden="true" className="size-4.5 shrink-0" />
          {known ? t(known) : t('other', { code: problem })}
        </p>
      )}
      {lost ? <DeviceProblem media={media} /> : null}
    </div>
  )
}

function isMissing({ wanted, track }: LocalDevice): boolean {
  return wanted && track === null
}

const KNOWN = ['unsupported-browser', 'media-unavailable'] as const
