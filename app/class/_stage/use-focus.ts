'use client'

/** What stands in front on this screen; it remembers what did, so that a second screen takes nothing away. */
import { useState } from 'react'
import { type Focus, focusOf, type Person, sameFocus, type TalkState } from '../../_call/index.ts'

/** Null where all stand side by side. */
export function useFocus(
  people: readonly Person[],
  { pin, spotlight }: Pick<TalkState, 'pin' | 'spotlight'>,
): Focus | null {
  const [previous, setPrevious] = useState<Focus | null>(null)
  const focus = focusOf(people, { pin, spotlight }, previous)
  if (!sameFocus(focus, previous)) setPrevious(focus)
  return focus
}
