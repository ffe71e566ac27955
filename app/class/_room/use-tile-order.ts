'use client'

/**
 * The order of the tiles as people come, go and speak. The rules are the engine's (`tiles/arrange`);
 * this only remembers the order so far.
 */
import { useState } from 'react'
import { arrange, type Person, promote } from '../../_call/index.ts'

interface Memory {
  readonly order: readonly string[]
  /** Who spoke when, counted in turns of speaking. */
  readonly lastSpoke: ReadonlyMap<string, number>
  readonly speaker: string | null
}

const NOTHING: Memory = { order: [], lastSpoke: new Map(), speaker: null }

/**
 * Member ids in the order of their tiles; oneself first.
 *
 * @param range the page that is in sight; a speaker is brought into the first page alone, so that
 *   nobody's browsing is disturbed
 */
export function useTileOrder(
  people: readonly Person[],
  speaker: string | null,
  range: { page: number; start: number; end: number },
): readonly string[] {
  const [memory, setMemory] = useState(NOTHING)
  const next = advance(memory, people, speaker, range)
  if (next !== memory) setMemory(next)
  return next.order
}

function advance(
  memory: Memory,
  people: readonly Person[],
  speaker: string | null,
  { page, start, end }: { page: number; start: number; end: number },
): Memory {
  const selfFirst = [...people].sort((one, other) => Number(other.isSelf) - Number(one.isSelf))
  let order = arrange(
    memory.order,
    selfFirst.map(({ memberId }) => memberId),
  )
  let { lastSpoke } = memory
  if (speaker !== null && speaker !== memory.speaker) {
    lastSpoke = new Map(lastSpoke).set(speaker, Math.max(0, ...lastSpoke.values()) + 1)
  }
  if (speaker !== null && page === 0) {
    const own = people.filter(({ isSelf }) => isSelf).map(({ memberId }) => memberId)
    order = promote({ order, id: speaker, start, end, lastSpoke, fixed: new Set(own) })
  }
  const unchanged =
    order === memory.order && lastSpoke === memory.lastSpoke && speaker === memory.speaker
  return unchanged ? memory : { order, lastSpoke, speaker }
}
