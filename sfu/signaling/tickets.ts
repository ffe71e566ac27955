/**
 * Checks the tokens that web signs: join tickets and internal commands. It holds the public key
 * only, remembers which tokens were used, and asks nobody.
 */
import { errors, importSPKI, jwtVerify } from 'jose'
import type { Clock } from '../clock.ts'
import { ExpiringMap } from '../expiring-map.ts'
import {
  COMMAND_AUDIENCE,
  commandClaimsSchema,
  type CommandClaims,
  SignalingError,
  type SignalingErrorCode,
  TICKET_ALGORITHM,
  TICKET_ISSUER,
  TICKET_LEEWAY_SECONDS,
  TICKET_LIFE_SECONDS,
  type TicketClaims,
  ticketClaimsSchema,
} from '../protocol/index.ts'

export interface TicketCheckerOptions {
  /** PEM (SPKI) of web's Ed25519 key. */
  publicKey: string
  audience: string
  node: string
  clock: Clock
}

type Key = Awaited<ReturnType<typeof importSPKI>>

export class TicketChecker {
  readonly #key: Key
  readonly #options: TicketCheckerOptions
  readonly #used: ExpiringMap<string, true>
  readonly #startedAt: number

  private constructor(key: Key, options: TicketCheckerOptions) {
    this.#key = key
    this.#options = options
    this.#used = new ExpiringMap(options.clock)
    this.#startedAt = options.clock.now()
  }

  /** @throws {Error} when the text holds no Ed25519 public key */
  static async create(options: TicketCheckerOptions): Promise<TicketChecker> {
    return new TicketChecker(await importSPKI(options.publicKey, TICKET_ALGORITHM), options)
  }

  /**
   * Takes a join ticket: the same one is refused from then on.
   *
   * @throws {SignalingError} `ticket-invalid`, `ticket-expired`, `ticket-mismatch`, `ticket-used`
   */
  async takeTicket(ticket: string): Promise<TicketClaims> {
    const { audience, node } = this.#options
    const claims = ticketClaimsSchema.safeParse(await this.#verify(ticket, audience))
    if (!claims.success) throw new SignalingError('ticket-invalid')
    if (claims.data.node !== node) throw new SignalingError('ticket-mismatch')
    this.#use(claims.data)
    return claims.data
  }

  /**
   * Takes an internal command: the same one is refused from then on.
   *
   * @throws {SignalingError} as `takeTicket`
   */
  async takeCommand(token: string): Promise<CommandClaims> {
    const claims = commandClaimsSchema.safeParse(await this.#verify(token, COMMAND_AUDIENCE))
    if (!claims.success) throw new SignalingError('ticket-invalid')
    this.#use(claims.data)
    return claims.data
  }

  async #verify(token: string, audience: string): Promise<unknown> {
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: [TICKET_ALGORITHM],
        issuer: TICKET_ISSUER,
        audience,
        clockTolerance: TICKET_LEEWAY_SECONDS,
        currentDate: new Date(this.#options.clock.now()),
        requiredClaims: ['exp', 'iat', 'jti'],
      })
      return payload
    } catch (error) {
      throw new SignalingError(codeOf(error), { cause: error })
    }
  }

  #use({ jti, iat, exp }: { jti: string; iat: number; exp: number }): void {
    const now = this.#options.clock.now()
    const longLived = exp - iat > TICKET_LIFE_SECONDS
    const fromTheFuture = (iat - TICKET_LEEWAY_SECONDS) * 1_000 > now
    if (longLived || fromTheFuture) throw new SignalingError('ticket-invalid')
    // What was used before this process started is forgotten, so nothing so old is taken.
    if ((iat + 1) * 1_000 <= this.#startedAt) throw new SignalingError('ticket-expired')
    if (this.#used.get(jti) === true) throw new SignalingError('ticket-used')
    this.#used.set(jti, true, (exp + TICKET_LEEWAY_SECONDS + 1) * 1_000)
  }
}

function codeOf(error: unknown): SignalingErrorCode {
  if (error instanceof errors.JWTExpired) return 'ticket-expired'
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    return 'ticket-mismatch'
  }
  return 'ticket-invalid'
}
