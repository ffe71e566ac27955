'use client'

/** Changes a person's rights, one change at a time, and makes what shows them stale. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { useSaving, type Saving } from '../../_ui/data/use-saving.ts'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire, keys } from '../../_ui/data/wire.ts'

export type Person = RouteAnswer<'people'>['people'][number]
export type Rights = Pick<Person, 'schoolAdmin' | 'mayTeach' | 'suspended' | 'ageGroup'>

export interface RightsChange {
  readonly saving: Saving
  readonly error: string | undefined
  /** Whose rights are being saved. */
  readonly changing: string | undefined
  readonly change: (person: Person, rights: Partial<Rights>) => Promise<void>
}

/** One for each page. */
export function useRights(): RightsChange {
  const cache = useQueryClient()
  const saving = useSaving()
  const [error, setError] = useState<string>()
  const [changing, setChanging] = useState<string>()
  return {
    saving,
    error,
    changing,
    change: async (person, rights) => {
      const { schoolAdmin, mayTeach, suspended } = person
      setError(undefined)
      setChanging(person.id)
      try {
        await saving.run(async () => {
          const body = { schoolAdmin, mayTeach, suspended, ...rights }
          await callWire('savePerson', { id: person.id }, body)
          await cache.invalidateQueries({ queryKey: keys.people })
          await cache.invalidateQueries({ queryKey: keys.person(person.id) })
          await cache.invalidateQueries({ queryKey: ['session'] })
        })
      } catch (cause) {
        setError(sentenceFor(cause))
      } finally {
        setChanging(undefined)
      }
    },
  }
}
