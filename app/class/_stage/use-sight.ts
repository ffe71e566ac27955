'use client'

/** Tells the call which pictures can be seen now, and how large; nothing else is received. */
import { useEffect } from 'react'
import type { Call, Focus, Person, Rect, Sight } from '../../_call/index.ts'

export interface Seen {
  person: Person
  source: Focus['source']
  place: Rect
}

/** Follows what is seen; one's own pictures need not be received. */
export function useSight(call: Call, seen: readonly Seen[]): void {
  const key = seen
    .filter(({ person }) => !person.isSelf)
    .map(({ person, source, place }) =>
      [person.memberId, source, Math.round(place.width), Math.round(place.height)].join(' '),
    )
    .join('\n')
  useEffect(() => {
    const sight = key.split('\n').flatMap((line): Sight[] => {
      const [memberId = '', source, width, height] = line.split(' ')
      if (source !== 'camera' && source !== 'screen') return []
      const pixels = (side: string | undefined): number =>
        Math.round(Number(side) * devicePixelRatio)
      return [{ memberId, source, width: pixels(width), height: pixels(height) }]
    })
    call.setSight(sight)
  }, [call, key])
}
