/**
 * Classes, join tickets, class keys, chunks and late records, as they travel. Nothing here says what a
 * record or a part holds.
 */
import * as z from 'zod'
import { consentTextId } from './consent.ts'
import { generationAnswer, ownConsent } from './courses.ts'
import {
  accountId,
  b64uExactly,
  b64uUpTo,
  classId,
  courseId,
  publicKey,
  sealedKey,
  signedStatement,
  timestamp,
} from './primitives.ts'
import { classRole } from './roles.ts'
import { readingsMode } from './settings.ts'

/** The live class of a course; starting one twice answers the one that runs. */
export const startClassAnswer = z.object({ id: classId, startedAt: timestamp })

export const classKeyBody = z.strictObject({
  /** The newest generation, to whose key the private half is sealed. */
  generation: z.int().min(1),
  publicKey,
  /** The signed class key. */
  signed: signedStatement,
  /** The private half, sealed to the course key. */
  privateBox: sealedKey,
})
export const classKeyAnswer = z.object({
  generation: z.int().min(1),
  publicKey,
  signed: signedStatement,
  signerId: accountId,
  /** For teachers; null for students. */
  privateBox: sealedKey.nullable(),
})
export type ClassKeyAnswer = z.infer<typeof classKeyAnswer>
export const classKeyWritten = z.object({
  classKey: classKeyAnswer,
  /** False: another key was there first, and `classKey` is that one. */
  accepted: z.boolean(),
})

/** Why a class with readings takes none at present. */
export const readingsPause = z.enum(['generation-needed', 'settings-changed', 'no-class-key'])

export const readingsAnswer = z.object({
  courseId,
  role: classRole,
  /** `off` also where the school's policy, or the course in the meantime, says so. */
  mode: readingsMode,
  paused: readingsPause.nullable(),
  intervalSeconds: z.int(),
  startedAt: timestamp,
  endedAt: timestamp.nullable(),
  minimumGroup: z.int(),
  /** Days after the class for which its records are kept. */
  keptDays: z.int(),
  /** The newest generation of the course, with the caller's box; null for guests. */
  generation: generationAnswer.nullable(),
  classKey: classKeyAnswer.nullable(),
  /** Null: nothing to ask, since readings are off. */
  consentText: consentTextId.nullable(),
  /** The caller's newest answer to any text of this course; null for teachers and guests. */
  consent: ownConsent.nullable(),
  /** Who is to answer: by the caller's age group and the school's policy. */
  consentBy: z.enum(['self', 'guardian', 'either']),
  /** The school's age below which a guardian answers; 0: never. */
  consentAge: z.int(),
})
export type ReadingsAnswer = z.infer<typeof readingsAnswer>

export const writerId = b64uExactly(16)
export const chunkNumber = z.int().min(0).max(1_000_000)
export const chunkPart = b64uUpTo(2048)

export const chunkBody = z.strictObject({
  /** Random for each start of a vault. */
  writer: writerId,
  number: chunkNumber,
  /** The signed manifest, its totals sealed to the course key. */
  manifest: b64uUpTo(262_144),
  /** True for the manifest that ends this writer's chain. */
  closing: z.boolean(),
  /** One part for each student present, all of one size. */
  parts: z.array(z.strictObject({ accountId, part: chunkPart })).max(1000),
  /** Content keys of students who have their first part of this writer in this chunk. */
  contentKeys: z
    .array(z.strictObject({ accountId, forStudent: sealedKey, forCourse: sealedKey }))
    .max(1000),
})
export type ChunkBody = z.infer<typeof chunkBody>
/** `created` false: these very bytes were stored before. */
export const chunkWritten = z.object({ created: z.boolean() })

/** Teachers: all parts, keys sealed to the course. Students: their own parts, keys sealed to them. */
export const chunksAnswer = z.object({
  chunks: z.array(
    z.object({
      writer: writerId,
      number: chunkNumber,
      manifest: b64uUpTo(262_144),
      closing: z.boolean(),
      storedAt: timestamp,
      parts: z.array(z.object({ accountId, part: chunkPart })),
    }),
  ),
  contentKeys: z.array(z.object({ writer: writerId, accountId, key: sealedKey })),
  /** Hand it back as `?after=`; null at the end. */
  next: z.string().nullable(),
})
export type ChunksAnswer = z.infer<typeof chunksAnswer>

export const lateRecord = b64uExactly(256)
export const lateRecordsBody = z.strictObject({ records: z.array(lateRecord).min(1).max(200) })
export const lateRecordsStored = z.object({
  /** Records that were new; repeats count as kept but are stored once. */
  stored: z.int(),
})
export const lateRecordsAnswer = z.object({
  records: z.array(z.object({ id: b64uExactly(32), record: lateRecord })),
})
/** Ids of records that a chunk has taken in, or that can never be. */
export const lateRecordsTaken = z.strictObject({ ids: z.array(b64uExactly(32)).min(1).max(1000) })
