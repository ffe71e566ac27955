/**
 * What a person's vault remembers of notices: which it has taken, which flags were raised and how they were answered,
 * and whether such messages are wanted at all. It is a box to self of one size, written at moments that do not depend on
 * what is in it; until then this device keeps its own copy. Merging two of them loses no answer.
 */
import * as z from 'zod'
import { idToBytes } from '../format/bytes.ts'
import { toB64u } from '../sodium.ts'

const flag = z.strictObject({
  courseId: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  answer: z.enum(['open', 'yes', 'no']),
})
export const memorySchema = z.strictObject({
  /** By class (see `flagOf`). */
  flags: z.record(z.string(), flag),
  /** Classes whose notice was taken, and classes that were judged by the own vault, oldest first. */
  taken: z.array(z.string()),
  judged: z.array(z.string()),
  /** Messages are wanted; when that was last said, so that the newest word holds. */
  on: z.boolean(),
  onAt: z.number(),
  pad: z.string(),
})
export type SupportMemory = z.infer<typeof memorySchema>

/** More than web hands out at a time (60 days), so that nothing is taken twice. */
const TAKEN_KEPT = 400
const JUDGED_KEPT = 100
const FLAGS_KEPT = 30
/** Characters of JSON, whatever it says. */
export const MEMORY_SIZE = 20_480

export const NO_MEMORY: SupportMemory = {
  flags: {},
  taken: [],
  judged: [],
  on: true,
  onAt: 0,
  pad: '',
}

/** A class's id, short. */
export function classMark(classId: string): string {
  return toB64u(idToBytes(classId))
}

/** Both memories in one, whichever way round: an answer goes before none, a no before a yes. */
export function mergeMemories(a: SupportMemory, b: SupportMemory): SupportMemory {
  const flags = new Map(Object.entries(a.flags))
  for (const [id, other] of Object.entries(b.flags)) {
    const own = flags.get(id)
    if (!own || RANK[other.answer] > RANK[own.answer]) flags.set(id, other)
  }
  const newest = [...flags].sort(([x, p], [y, q]) => p.at - q.at || (x < y ? -1 : 1))
  const newer = b.onAt > a.onAt || (b.onAt === a.onAt && !b.on) ? b : a
  return {
    flags: Object.fromEntries(newest.slice(-FLAGS_KEPT)),
    taken: union(a.taken, b.taken, TAKEN_KEPT),
    judged: union(a.judged, b.judged, JUDGED_KEPT),
    on: newer.on,
    onAt: newer.onAt,
    pad: '',
  }
}

const RANK = { open: 0, yes: 1, no: 2 } as const

function union(a: readonly string[], b: readonly string[], kept: number): string[] {
  return [...new Set([...a, ...b])].slice(-kept)
}

/** The same memory in JSON of exactly {@link MEMORY_SIZE} characters. */
export function padded(memory: SupportMemory): SupportMemory {
  const bare = { ...memory, pad: '' }
  return { ...bare, pad: ' '.repeat(MEMORY_SIZE - JSON.stringify(bare).length) }
}

/** The flag to be shown: the newest one that was not answered; none where messages are off. */
export function openFlag({ flags, on }: SupportMemory): { flag: string; courseId: string } | null {
  if (!on) return null
  const open = Object.entries(flags).filter(([, { answer }]) => answer === 'open')
  const [newest] = open.sort(([, a], [, b]) => b.at - a.at)
  return newest ? { flag: newest[0], courseId: newest[1].courseId } : null
}
