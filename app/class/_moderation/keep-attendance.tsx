'use client'

/**
 * The last chance to keep the list of attendance: after this page it is gone. Teachers alone were given
 * it.
 */
import dynamic from 'next/dynamic'
import { useState, type ReactNode } from 'react'
import type { Moderation } from '../../_call/index.ts'
import { useStore } from '../_state/use-store.ts'

const ExportAttendance = dynamic(
  async () => (await import('./attendance-table.tsx')).ExportAttendance,
  { ssr: false },
)

/** The button *Export attendance*; nothing for those who have no list. */
export function KeepAttendance(props: { moderation: Moderation; courseName: string }): ReactNode {
  const { attendance } = useStore(props.moderation.state)
  const [at] = useState(() => Date.now())
  if (attendance === null) return null
  return <ExportAttendance people={attendance} at={at} courseName={props.courseName} />
}
