'use client'

/** The state of a case, in a word. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from '../../../_ui/badge.tsx'
import type { CaseState } from '../../../_wire/support.ts'

const TONES = {
  new: 'accent',
  seen: 'neutral',
  'in-contact': 'success',
  closed: 'neutral',
  withdrawn: 'warning',
} as const

export function StateBadge({ state }: { state: CaseState }): ReactNode {
  const t = useTranslations('support.cases.states')
  return <Badge tone={TONES[state]}>{t(state)}</Badge>
}
