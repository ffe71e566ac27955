/**
 * TURN credentials for members behind closed networks: a name that is a time of expiry and random
 * text, and its HMAC, as coturn's REST scheme wants them. They name no person.
 */
import { createHmac } from 'node:crypto'
import type { Clock, Randomness } from '../clock.ts'
import type { TurnConfig } from '../config.ts'
import type { IceServer } from '../protocol/index.ts'

/** Long enough for a class: a refresh of a TURN allocation needs a name that is still good. */
const LIFE_SECONDS = 4 * 60 * 60

/**
 * The servers that a member may use, with fresh credentials.
 *
 * @param turn null where the school runs no TURN server
 */
export function iceServers(
  turn: TurnConfig | null,
  { clock, randomness }: { clock: Clock; randomness: Randomness },
): IceServer[] {
  if (turn === null) return []
  const expiry = Math.floor(clock.now() / 1_000) + LIFE_SECONDS
  const username = `${expiry}:${randomness.bytes(9).toString('base64url')}`
  // SHA-1 is what the scheme (draft-uberti-behave-turn-rest) and coturn fix.
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64')
  return [{ urls: turn.urls, username, credential }]
}
