import { randomUUID } from 'node:crypto'
import { generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { TICKET_LEEWAY_SECONDS, TICKET_LIFE_SECONDS } from '../protocol/index.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { AUDIENCE, createTicketIssuer, NODE, type TicketIssuer } from '../testing/ticket-issuer.ts'
import { TicketChecker } from './tickets.ts'

let clock: ManualClock
let issuer: TicketIssuer
let checker: TicketChecker

function newChecker(): Promise<TicketChecker> {
  const { publicKey } = issuer
  return TicketChecker.create({ publicKey, audience: AUDIENCE, node: NODE, clock })
}

beforeEach(async () => {
  clock = new ManualClock()
  issuer = await createTicketIssuer(clock)
  checker = await newChecker()
})

function refusal(ticket: string): Promise<unknown> {
  return checker.takeTicket(ticket).then(
    () => 'taken',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  )
}

describe('a ticket', () => {
  test('gives its claims, once', async () => {
    const sub = randomUUID()
    const ticket = await issuer.ticket({ sub, role: 'teacher' })
    expect(await checker.takeTicket(ticket)).toMatchObject({ sub, role: 'teacher', interval: 120 })
    expect(await refusal(ticket)).toBe('ticket-used')
  })

  test('is of nobody who waits or is new, unless it says so', async () => {
    const plain = await checker.takeTicket(await issuer.ticket())
    expect(plain).toMatchObject({ wait: false, newcomer: false })
    const told = await checker.takeTicket(await issuer.ticket({ wait: true, newcomer: true }))
    expect(told).toMatchObject({ wait: true, newcomer: true })
    expect(await refusal(await issuer.ticket({ newcomer: 'yes' }))).toBe('ticket-invalid')
  })

  test('taken by several at the same time is taken by one', async () => {
    const ticket = await issuer.ticket()
    const outcomes = await Promise.all([refusal(ticket), refusal(ticket), refusal(ticket)])
    expect(outcomes.toSorted()).toEqual(['taken', 'ticket-used', 'ticket-used'])
  })

  test('lives for its minute and the leeway, and is remembered for as long', async () => {
    const early = await issuer.ticket()
    const late = await issuer.ticket()
    const tooLate = await issuer.ticket()
    expect(await refusal(early)).toBe('taken')
    clock.advance((TICKET_LIFE_SECONDS + TICKET_LEEWAY_SECONDS) * 1_000 - 1)
    expect(await refusal(early)).toBe('ticket-used')
    expect(await refusal(late)).toBe('taken')
    clock.advance(1)
    expect(await refusal(tooLate)).toBe('ticket-expired')
    expect(await refusal(early)).toBe('ticket-expired')
  })

  test('from a clock that runs ahead is taken within the leeway alone', async () => {
    const iat = clock.now() / 1_000
    const ahead = (seconds: number): JWTPayload => ({
      iat: iat + seconds,
      exp: iat + seconds + TICKET_LIFE_SECONDS,
    })
    expect(await refusal(await issuer.ticket(ahead(TICKET_LEEWAY_SECONDS)))).toBe('taken')
    expect(await refusal(await issuer.ticket(ahead(TICKET_LEEWAY_SECONDS + 1)))).toBe(
      'ticket-invalid',
    )
  })

  test('from before this process started is not taken: it may have been used then', async () => {
    const ticket = await issuer.ticket()
    clock.advance(1_000)
    checker = await newChecker()
    expect(await refusal(ticket)).toBe('ticket-expired')
    expect(await refusal(await issuer.ticket())).toBe('taken')
  })

  test('with a longer life than any, or signed otherwise, is invalid', async () => {
    const exp = clock.now() / 1_000 + TICKET_LIFE_SECONDS + 1
    expect(await refusal(await issuer.ticket({ exp }))).toBe('ticket-invalid')
    const { privateKey } = await generateKeyPair('ES256')
    const other = await new SignJWT({}).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
    expect(await refusal(other)).toBe('ticket-invalid')
    for (const text of ['', '..', 'a.b.c', '🎟'.repeat(9)]) {
      expect(await refusal(text)).toBe('ticket-invalid')
    }
  })
})

test('a ticket is no command, and a command no ticket', async () => {
  const ticket = await issuer.ticket()
  await expect(checker.takeCommand(ticket)).rejects.toMatchObject({ code: 'ticket-mismatch' })
  const command = await issuer.command({ cmd: 'end-class', cls: randomUUID() })
  expect(await refusal(command)).toBe('ticket-mismatch')
  expect(await checker.takeCommand(command)).toMatchObject({ cmd: 'end-class' })
})

test('a text that is no key is refused at once', async () => {
  const options = { publicKey: 'no key', audience: AUDIENCE, node: NODE, clock }
  await expect(TicketChecker.create(options)).rejects.toThrow(TypeError)
})
