/**
 * Judges one stored chunk on its own: a manifest signed by one who is or was a teacher, of this class, and every part
 * the one that the manifest names. A part that does not hold is named and left out; the others of its chunk are used.
 */
import type { ChunksAnswer } from '../../_wire/classes.ts'
import { VaultError } from '../errors.ts'
import { fromB64u } from '../format/bytes.ts'
import { decodeManifest, manifestHash, type Manifest } from '../format/manifest.ts'
import { unverifiedBody, verifyDocument } from '../format/signed.ts'
import type { Roster } from '../roster/roster.ts'
import { hash, same } from '../sodium.ts'

export type WireChunk = Pick<
  ChunksAnswer['chunks'][number],
  'writer' | 'number' | 'manifest' | 'closing'
> & { readonly parts: readonly { readonly accountId: string; readonly part: string }[] }

/** What can be wrong with a stored piece of a history; each is a code of `errors.ts`. */
export const FAULTS = [
  'chain-cut',
  'chain-forked',
  'chunk-altered',
  'chunk-foreign',
  'chunk-missing',
  'chunk-unvouched',
  'key-missing',
  'part-altered',
  'part-missing',
] as const
export type FaultCode = (typeof FAULTS)[number]

export interface CheckedPart {
  readonly accountId: string
  readonly part: Uint8Array
}

/** A chunk whose manifest holds, with the parts that do. */
export interface CheckedChunk {
  readonly manifest: Manifest
  readonly hash: Uint8Array
  readonly parts: readonly CheckedPart[]
  /** What was wrong with the other parts. */
  readonly faults: ReadonlySet<FaultCode>
}

export interface ChainContext {
  readonly classId: string
  /** When the class started, by web's clock. */
  readonly startedAt: number
  readonly roster: Roster
  /** False where the parts were not asked for: then they are neither missed nor checked. */
  readonly withParts: boolean
}

/** @throws VaultError with a code of {@link FAULTS} where nothing of the chunk can be used */
export function checkChunk(chunk: WireChunk, context: ChainContext): CheckedChunk {
  const document = fromB64u(chunk.manifest)
  const manifest = checkManifest(document, context)
  const named =
    manifest.number === chunk.number &&
    manifest.closing === chunk.closing &&
    same(manifest.writer, fromB64u(chunk.writer))
  if (!named) throw new VaultError('chunk-altered')
  const parts = context.withParts ? checkParts(chunk, manifest, context) : NO_PARTS
  return { manifest, hash: manifestHash(document), ...parts }
}

const NO_PARTS: Pick<CheckedChunk, 'parts' | 'faults'> = { parts: [], faults: new Set() }

function checkManifest(document: Uint8Array, context: ChainContext): Manifest {
  try {
    const claimed = decodeManifest(unverifiedBody(document))
    const foreign =
      claimed.classId !== context.classId || claimed.courseId !== context.roster.courseId
    const signer = context.roster.teacherKeys(claimed.signerId, claimed.signerKey)
    if (!signer) throw new VaultError(foreign ? 'chunk-foreign' : 'chunk-unvouched')
    verifyDocument('attune/manifest/1', document, signer.sign)
    if (foreign) throw new VaultError('chunk-foreign')
    return claimed
  } catch (cause) {
    if (!(cause instanceof VaultError)) throw cause
    if (FAULTS.some((fault) => fault === cause.code)) throw cause
    throw new VaultError('chunk-altered', { cause })
  }
}

function checkParts(
  chunk: WireChunk,
  manifest: Manifest,
  { roster, startedAt }: ChainContext,
): Pick<CheckedChunk, 'parts' | 'faults'> {
  const erased = roster.erasedIn(startedAt)
  const faults = new Set<FaultCode>()
  const found = new Map(chunk.parts.map(({ accountId, part }) => [accountId, fromB64u(part)]))
  const parts: CheckedPart[] = []
  for (const { accountId, hash: expected } of manifest.parts) {
    const part = found.get(accountId)
    found.delete(accountId)
    // Erased stays erased, even where web kept what it was told to erase.
    if (erased.has(accountId)) continue
    if (!part) faults.add('part-missing')
    else if (same(hash(part), expected)) parts.push({ accountId, part })
    else faults.add('part-altered')
  }
  // A part that the manifest does not name.
  if (found.size > 0) faults.add('part-altered')
  return { parts, faults }
}
