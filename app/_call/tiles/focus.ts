/**
 * What stands large before everyone else: the own pin, else the teacher's spotlight, else a shared
 * screen. Pure; it must never choose what is not there.
 */
import type { Person } from '../state.ts'

/** One person's picture, or the screen that the person shares. */
export type Focus = { memberId: string; source: 'camera' | 'screen' }

export function sameFocus(one: Focus | null, other: Focus | null): boolean {
  return one?.memberId === other?.memberId && one?.source === other?.source
}

/** Those who share a screen, in the order of the class. */
export function sharersOf(people: readonly Person[]): readonly Person[] {
  return people.filter(({ feeds }) => feeds.screen !== undefined)
}

/**
 * What is in front now.
 *
 * @param previous what was: a screen that is still shared stays when another one comes
 * @returns null where nobody is: then all stand side by side
 */
export function focusOf(
  people: readonly Person[],
  wishes: { pin: Focus | null; spotlight: Focus | null },
  previous: Focus | null,
): Focus | null {
  const isThere = (focus: Focus | null): focus is Focus =>
    focus !== null &&
    people.some(
      ({ memberId, feeds }) =>
        memberId === focus.memberId && (focus.source === 'camera' || feeds.screen !== undefined),
    )
  if (isThere(wishes.pin)) return wishes.pin
  if (isThere(wishes.spotlight)) return wishes.spotlight
  // One's own screen stands on the desk already.
  const screens = sharersOf(people)
    .filter(({ isSelf }) => !isSelf)
    .map(({ memberId }): Focus => ({ memberId, source: 'screen' }))
  return screens.find((screen) => sameFocus(screen, previous)) ?? screens[0] ?? null
}
