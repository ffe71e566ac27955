/** Reads what a request carries: cookies and a JSON body of bounded size. It decides nothing. */
import { Refusal } from './refusal.ts'

/** Cookies by name; of two with one name the first counts. */
export function readCookies(request: Request): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>()
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const split = pair.indexOf('=')
    if (split < 1) continue
    const name = pair.slice(0, split).trim()
    if (!cookies.has(name)) cookies.set(name, pair.slice(split + 1).trim())
  }
  return cookies
}

/**
 * The JSON of a body of at most `limit` bytes.
 * @throws Refusal `bad-json`, `body-too-large`
 */
export async function readBody(request: Request, limit: number): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(?:;|$)/i.test(type)) throw new Refusal('bad-json')
  if (Number(request.headers.get('content-length') ?? 0) > limit)
    throw new Refusal('body-too-large')
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw new Refusal('body-too-large')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    throw new Refusal('bad-json')
  }
}
