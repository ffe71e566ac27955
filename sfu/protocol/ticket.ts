/**
 * The claims of the tokens that web signs and the media server checks: join tickets and internal
 * commands. Both rooms use these schemas; the keys and the checks of signatures are elsewhere.
 */
import * as z from 'zod'
import { intervalSecondsSchema, readingsSchema, roleSchema, timestampSchema } from './class.ts'
import { accountIdSchema, classIdSchema, courseIdSchema } from './ids.ts'
import { MAX_NAME_LENGTH } from './limits.ts'

/** `iss` of every token that web signs. */
export const TICKET_ISSUER = 'attune-web'

/** `aud` of internal commands; a ticket's is PUBLIC_URL. */
export const COMMAND_AUDIENCE = 'attune-sfu-internal'

/** The one signature algorithm, by its JOSE name (Ed25519). */
export const TICKET_ALGORITHM = 'EdDSA'

/** Life of a ticket, in seconds, from `iat` to `exp`. */
export const TICKET_LIFE_SECONDS = 60

/** How far clocks may disagree, in seconds. */
export const TICKET_LEEWAY_SECONDS = 60

const registered = {
  iss: z.literal(TICKET_ISSUER),
  jti: z.string().min(16).max(64),
  iat: z.int().min(0),
  exp: z.int().min(0),
}

export const ticketClaimsSchema = z.object({
  ...registered,
  aud: z.string().max(512),
  sub: accountIdSchema,
  node: z.string().min(1).max(64),
  cls: classIdSchema,
  crs: courseIdSchema,
  role: roleSchema,
  name: z.string().min(1).max(MAX_NAME_LENGTH),
  startedAt: timestampSchema,
  readings: readingsSchema,
  interval: intervalSecondsSchema,
  /** True for one who has to be let in by a teacher. */
  wait: z.boolean().default(false),
  /** True for one who has come to the course since the class began: waits while anyone is kept out. */
  newcomer: z.boolean().default(false),
})
export type TicketClaims = z.infer<typeof ticketClaimsSchema>

const command = { ...registered, aud: z.literal(COMMAND_AUDIENCE), cls: classIdSchema }

/** `readings` may carry the new settings; without them those of the newest ticket hold. */
export const commandClaimsSchema = z.discriminatedUnion('cmd', [
  z.object({
    ...command,
    cmd: z.literal('revoke'),
    sub: accountIdSchema,
    /** Why: `role` when the person may enter again at once, in another role. */
    why: z.enum(['access', 'role']).exactOptional(),
  }),
  z.object({ ...command, cmd: z.literal('end-class') }),
  z.object({
    ...command,
    cmd: z.literal('readings'),
    readings: readingsSchema.exactOptional(),
    interval: intervalSecondsSchema.exactOptional(),
  }),
])
export type CommandClaims = z.infer<typeof commandClaimsSchema>

/** `GET /internal/classes`: live classes, and for an hour those that ended. */
export const internalClassesSchema = z.object({
  classes: z.array(
    z.object({
      id: classIdSchema,
      members: z.object({ teacher: z.int(), student: z.int(), guest: z.int() }),
      /** Since when no teacher has been a member; null while one is. */
      teacherAbsentSince: timestampSchema.nullable(),
      endedAt: timestampSchema.nullable(),
    }),
  ),
})
export type InternalClasses = z.infer<typeof internalClassesSchema>
