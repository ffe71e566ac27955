/**
 * How a page asks web for what needs no key: one answer, parsed by its schema, or one error with
 * web's stable code and sentence. It must never carry a secret; those go through the vault.
 */
import { z } from 'zod'

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

/** A refusal of web, or no answer at all (`network`, status 0). */
export class HttpError extends Error {
  readonly code: string
  readonly status: number

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'HttpError'
    this.code = code
    this.status = status
  }
}

/**
 * Sends a request to a path of this origin and parses the answer.
 * @throws HttpError
 */
export async function ask<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  send?: { method: 'POST' | 'PUT' | 'DELETE'; body?: unknown },
): Promise<z.output<Schema>> {
  let response: Response
  try {
    response = await fetch(path, {
      cache: 'no-store',
      ...(send
        ? {
            method: send.method,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(send.body ?? {}),
          }
        : {}),
    })
  } catch (cause) {
    throw new HttpError(0, 'network', 'The server could not be reached.', { cause })
  }
  const body: unknown = await response.json().catch((cause: unknown) => {
    throw new HttpError(response.status, 'server', 'The server gave no readable answer.', { cause })
  })
  if (!response.ok) {
    const parsed = refusal.safeParse(body)
    if (parsed.success) {
      throw new HttpError(response.status, parsed.data.error.code, parsed.data.error.message)
    }
    throw new HttpError(response.status, 'server', 'The server could not do that.')
  }
  const answer = schema.safeParse(body)
  if (!answer.success) {
    throw new HttpError(response.status, 'server', 'The server gave an answer that this page does not understand. Reload the page.', {
      cause: answer.error,
    })
  }
  return answer.data
}
