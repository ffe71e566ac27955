/** Signs tickets and commands as web does, and in every wrong way that a test asks for. */
import { randomUUID } from 'node:crypto'
import { exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import type { Clock } from '../clock.ts'
import { COMMAND_AUDIENCE, TICKET_ISSUER, TICKET_LIFE_SECONDS } from '../protocol/index.ts'

export const AUDIENCE = 'https://school.example'
export const NODE = 'local'

export interface TicketIssuer {
  /** PEM. */
  publicKey: string
  /** A ticket for a student, with other claims where they are given. */
  ticket: (claims?: JWTPayload) => Promise<string>
  command: (claims: JWTPayload) => Promise<string>
}

export async function createTicketIssuer(clock: Clock): Promise<TicketIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const sign = async (claims: JWTPayload): Promise<string> => {
    const iat = Math.floor(clock.now() / 1_000)
    return await new SignJWT({
      iss: TICKET_ISSUER,
      jti: randomUUID(),
      iat,
      exp: iat + TICKET_LIFE_SECONDS,
      ...claims,
    })
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(privateKey)
  }
  return {
    publicKey: await exportSPKI(publicKey),
    ticket: (claims = {}) =>
      sign({
        aud: AUDIENCE,
        sub: randomUUID(),
        node: NODE,
        cls: randomUUID(),
        crs: randomUUID(),
        role: 'student',
        name: 'Ada Example',
        startedAt: clock.now(),
        readings: 'check-ins',
        interval: 120,
        ...claims,
      }),
    command: (claims) => sign({ aud: COMMAND_AUDIENCE, ...claims }),
  }
}
