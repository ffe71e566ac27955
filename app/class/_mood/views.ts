'use client'

/**
 * What a teacher wants to see in the chart, remembered on this device for each teacher. It must never
 * decide what may be shown; that is the vault's word.
 */
import { useState } from 'react'
import * as z from 'zod'
import { useVault } from '../../_ui/data/use-vault.ts'
import { recall, remember } from '../_state/remembered.ts'

export const VIEWS = ['emotions', 'engagement', 'timeline'] as const
export type View = (typeof VIEWS)[number]

export type Views = Readonly<Record<View, boolean>>

const viewsSchema = z.object({
  emotions: z.boolean(),
  engagement: z.boolean(),
  timeline: z.boolean(),
})

/** Until a teacher chooses otherwise. */
const FIRST_VIEWS: Views = { emotions: true, engagement: true, timeline: false }

/** The views, and what changes one of them. */
export function useViews(): readonly [Views, (view: View) => void] {
  const { account } = useVault()
  const key = `mood-views.${account?.accountId ?? ''}`
  const [views, setViews] = useState<Views>(() => recall(key, viewsSchema) ?? FIRST_VIEWS)
  const toggle = (view: View): void => {
    const next = { ...views, [view]: !views[view] }
    setViews(next)
    remember(key, next)
  }
  return [views, toggle]
}
