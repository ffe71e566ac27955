/** The assistant's endpoint, as the school's environment names it. The key never leaves this process but to that endpoint. */
import * as z from 'zod'

const environment = z.object({
  SUPPORT_CHAT_URL: z.url({ protocol: /^https?$/ }),
  SUPPORT_CHAT_MODEL: z.string().min(1),
  SUPPORT_CHAT_KEY: z.string().min(1).optional(),
})

export interface ChatSettings {
  readonly url: string
  readonly model: string
  readonly key: string | undefined
}

/** Null where no endpoint is configured: the choice is then absent. */
export function chatSettings(env: NodeJS.ProcessEnv): ChatSettings | null {
  const given = {
    SUPPORT_CHAT_URL: env['SUPPORT_CHAT_URL'] || undefined,
    SUPPORT_CHAT_MODEL: env['SUPPORT_CHAT_MODEL'] || undefined,
    SUPPORT_CHAT_KEY: env['SUPPORT_CHAT_KEY'] || undefined,
  }
  const parsed = environment.safeParse(given)
  if (!parsed.success) return null
  const { SUPPORT_CHAT_URL: url, SUPPORT_CHAT_MODEL: model, SUPPORT_CHAT_KEY: key } = parsed.data
  return { url: url.replace(/\/+$/, ''), model, key }
}
