'use client'

/** Who has raised a hand, in order; a teacher lowers one or all. */
import { Hand } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '../../_ui/button.tsx'
import type { Visit } from '../_state/classroom.ts'
import { useStore } from '../_state/use-store.ts'
import { useSaid } from './use-said.ts'

/** A list above the people; nothing while no hand is up. */
export function RaisedHands({ visit }: { visit: Visit }): ReactNode {
  const { call, talk } = visit
  const t = useTranslations('talk.hands')
  const said = useSaid()
  const { people, role } = useStore(call.state)
  const { hands } = useStore(talk.state)
  const raised = hands
    .map((accountId) => people.find((person) => person.accountId === accountId))
    .filter((person) => person !== undefined)
  if (raised.length === 0) return null
  const teacher = role === 'teacher'
  return (
    <section aria-label={t('title')} className="mx-3 mb-3 rounded-card bg-warning-soft p-3">
      <div className="flex min-h-9 items-center gap-2 pl-1">
        <Hand aria-hidden="true" className="size-4.5 text-warning-ink" />
        <h3 className="flex-1 text-sm font-medium text-warning-ink">{t('title')}</h3>
        {teacher ? (
          <Button variant="quiet" size="sm" onClick={() => said(() => talk.lowerAllHands())}>
            {t('lowerAll')}
          </Button>
        ) : null}
      </div>
      <ol className="grid grid-cols-1">
        {raised.map((person, index) => (
          <li key={person.memberId} className="flex min-h-10 items-center gap-3 pl-1 text-sm">
            <span className="w-5 text-warning-ink tabular-nums">{index + 1}.</span>
            <bdi className="min-w-0 flex-1 truncate">{person.name}</bdi>
            {teacher ? (
              <Button
                variant="quiet"
                size="sm"
                aria-label={t('lowerOf', { name: person.name })}
                onClick={() => said(() => talk.lowerHandOf(person.accountId))}
              >
                {t('lowerShort')}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
