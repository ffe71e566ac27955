/**
 * Sends letters by the school's own SMTP server, where one is set (`SMTP_URL`, `SMTP_FROM`). Plain text
 * alone. It must never carry a reading or the content of a case, and no address goes into the log.
 */
import { createTransport } from 'nodemailer'
import * as z from 'zod'
import type { Log } from './log.ts'

export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface Mailer {
  /** False (and a line in the log) when the letter was not taken. */
  send(letter: Letter): Promise<boolean>
}

const environment = z.object({
  SMTP_URL: z.string().min(1).optional(),
  SMTP_FROM: z.string().min(1).optional(),
})
const PATIENCE_MS = 15_000

/** The mailer of these settings; null where there is no SMTP server. */
export function createMailer(
  env: Readonly<Record<string, string | undefined>>,
  log: Log,
): Mailer | null {
  const parsed = environment.safeParse(env)
  const { SMTP_URL: url, SMTP_FROM: from } = parsed.data ?? {}
  if (url === undefined || from === undefined) return null
  const timeouts = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS }
  const transport = createTransport({ url, ...timeouts, socketTimeout: PATIENCE_MS })
  return {
    async send({ to, subject, text }) {
      try {
        await transport.sendMail({ from, to, subject, text, disableFileAccess: true })
        return true
      } catch (error) {
        log.warn('mail-not-sent', { error: error instanceof Error ? error.name : 'unknown' })
        return false
      }
    },
  }
}
