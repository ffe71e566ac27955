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

const BROWSERS = [
  ['Edge', /\bEdg/],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bSafari\//],
] as const
const SYSTEMS = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const

/** A browser's name and its system, no version: as coarse as a person needs to know a device again. */
export function deviceOf(userAgent: string): string {
  const named = (list: readonly (readonly [string, RegExp])[]): string | undefined =>
    list.find(([, pattern]) => pattern.test(userAgent))?.[0]
  return [named(BROWSERS), named(SYSTEMS)].filter((name) => name !== undefined).join(', ')
}
