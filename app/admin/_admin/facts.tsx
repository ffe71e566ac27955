/** Names with values, in as many columns as there is room for. */
import type { ReactNode } from 'react'

/** A list of facts. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-6 gap-y-4">
      {facts.map(([name, value]) => (
        <div key={name} className="grid content-start gap-0.5">
          <dt className="text-sm text-ink-muted">{name}</dt>
          <dd className="font-medium break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
