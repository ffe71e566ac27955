/**
 * Fewer of many, spread evenly, so that a limit keeps the mixture. It must never draw by chance: two runs see the same.
 */

/** At most `limit` items, evenly spread over all. */
export function thinned<T>(all: readonly T[], limit: number): readonly T[] {
  const step = Math.max(1, all.length / limit)
  return Array.from(
    { length: Math.min(limit, all.length) },
    (_, index) => all[Math.floor(index * step)],
  ).filter((item) => item !== undefined)
}
