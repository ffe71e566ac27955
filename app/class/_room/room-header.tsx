'use client'

/**
 * One quiet line above the people: which class this is, and that analysis runs while it runs.
 */
import type { ReactNode } from 'react'
import type { Call } from '../../_call/index.ts'
import type { Readings } from '../../_call/readings/readings.ts'
import type { ClassAnswer } from '../../_wire/visit.ts'
import { AnalysisIndicator } from '../_readings/analysis-indicator.tsx'
import { useStore } from '../_state/use-store.ts'
import { ConnectionBadge } from './connection-badge.tsx'

/** Name of the course, connection, indicator of analysis. */
export function RoomHeader(props: {
  info: ClassAnswer
  call: Call
  readings: Readings
  /** What else stands in the line; it has a place before it has come. */
  children?: ReactNode
}): ReactNode {
  const { info, call, readings, children } = props
  const { role } = useStore(call.state)
  return (
    <header className="flex h-13 shrink-0 items-center gap-3 px-4 sm:px-5">
      <h1 className="min-w-0 flex-1 truncate text-[0.9375rem] font-medium">{info.courseName}</h1>
      <ConnectionBadge call={call} />
      {role === 'student' ? <AnalysisIndicator readings={readings} /> : null}
      <div className="flex h-9 min-w-9 shrink-0 items-center justify-end gap-1">{children}</div>
    </header>
  )
}
