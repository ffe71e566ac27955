/** The web process' environment, parsed once at its start. It must never be printed: it holds secrets' places. */
import * as z from 'zod'
import { expressionModelSchema } from './expression-model.ts'

const Environment = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535),
  PUBLIC_URL: z.url().transform((url) => new URL(url).origin),
  TRUST_PROXY: z.string().default(''),
  SFU_INTERNAL: z.string().min(1),
  SFU_NODE: z.string().min(1).default('local'),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  /** Opens /metrics to whoever shows it; without it only this machine itself may look. */
  METRICS_TOKEN: z.string().min(16).optional(),
  EXPRESSION_MODEL: expressionModelSchema,
  ATTUNE_DEV: z.enum(['0', '1']).default('0'),
})

export type WebEnvironment = z.infer<typeof Environment>

/** Parses `env`, in which an empty variable counts as absent; throws ZodError that names the variable. */
export function parseWebEnvironment(env: NodeJS.ProcessEnv): WebEnvironment {
  return Environment.parse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  )
}
