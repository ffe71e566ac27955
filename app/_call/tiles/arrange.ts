/**
 * The order of tiles: pure functions that keep every tile where it is while people come, go and
 * speak. A tile that leaves is replaced by the last one, so that nobody else moves; a newcomer goes
 * to the end; a speaker on another page changes places with the tile that has been silent longest.
 * Nothing here knows of the screen.
 */

/**
 * Carries an order over to the people who are present now.
 *
 * @param previous the order so far, without repetitions
 * @param present who is here now, in the order in which newcomers shall be added
 * @returns every one of `present` once; `previous` itself when nothing changed
 */
export function arrange(
  previous: readonly string[],
  present: readonly string[],
): readonly string[] {
  const here = new Set(present)
  const known = new Set(previous)
  const newcomers = [...here].filter((id) => !known.has(id))
  if (newcomers.length === 0 && previous.every((id) => here.has(id))) return previous

  const order: string[] = []
  const queue = [...previous]
  for (let first = queue.shift(); first !== undefined; first = queue.shift()) {
    if (here.has(first)) {
      order.push(first)
      continue
    }
    const filler = takeLastPresent(queue, here)
    if (filler !== undefined) order.push(filler)
  }
  return [...order, ...newcomers]
}

function takeLastPresent(queue: string[], here: ReadonlySet<string>): string | undefined {
  for (let last = queue.pop(); last !== undefined; last = queue.pop()) {
    if (here.has(last)) return last
  }
  return undefined
}

export type Promotion = {
  order: readonly string[]
  /** Who shall be in sight. */
  id: string
  /** The part of the order that is in sight: from `start` up to, not including, `end`. */
  start: number
  end: number
  /** When each person last spoke, milliseconds; nobody in it never spoke. */
  lastSpoke: ReadonlyMap<string, number>
  /** Tiles that stay where they are (one's own, a pinned one). */
  fixed: ReadonlySet<string>
}

/**
 * Brings a speaker into sight by changing places with the tile in sight that has been silent
 * longest (of several the last).
 *
 * @returns a new order with exactly two tiles moved; `order` itself when the speaker is in sight
 *   already, is unknown, or nobody in sight may move
 */
export function promote({ order, id, start, end, lastSpoke, fixed }: Promotion): readonly string[] {
  const from = order.indexOf(id)
  if (from === -1 || (from >= start && from < end)) return order

  let to = -1
  let oldest = Number.POSITIVE_INFINITY
  order.slice(start, end).forEach((other, offset) => {
    const spoke = lastSpoke.get(other) ?? Number.NEGATIVE_INFINITY
    if (!fixed.has(other) && spoke <= oldest) {
      oldest = spoke
      to = start + offset
    }
  })
  const displaced = order[to]
  if (displaced === undefined) return order

  const next = [...order]
  next[to] = id
  next[from] = displaced
  return next
}
