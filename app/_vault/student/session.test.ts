import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { createHttp } from '../http.ts'
import { AccountKeys } from '../keys/account-keys.ts'
import { openRecord, verifyRecord, type RecordBody } from '../format/record.ts'
import { encodeGrant } from '../format/grant.ts'
import { signDocument } from '../format/signed.ts'
import { Roster } from '../roster/roster.ts'
import { rosterAnswer } from '../../_wire/courses.ts'
import { sodium, sodiumReady, toB64u } from '../sodium.ts'
import { VaultStore } from '../store.ts'
import { TestTime } from '../testing/test-time.ts'
import { ClassClock } from '../timing.ts'
import type { EventName, ExpressionReading, ReadingsMode, VaultEvents } from '../verbs.ts'
import { StudentSession } from './session.ts'

const INTERVAL_MS = 20_000
const HAPPY: ExpressionReading = {
  kind: 'expression',
  probabilities: [0.05, 0.9, 0.01, 0.01, 0.01, 0.01, 0.005, 0.005],
  confidence: 0.9,
  engagement: 1,
  behaviour: 4,
  quality: 0,
}

beforeAll(sodiumReady)

interface Sent {
  readonly at: number
  readonly bytes: Uint8Array
}

async function setUp(mode: Exclude<ReadingsMode, 'off'>, allowed: boolean, random = 0.3) {
  const time = new TestTime(1_000_000)
  const keys = AccountKeys.create()
  const me = { account: { accountId: randomUUID(), name: 'Ada', email: 'a@b.example' }, keys }
  const classKey = sodium.crypto_box_keypair()
  const store = await VaultStore.open(randomUUID())
  const sent: Sent[] = []
  const due: VaultEvents['due'][] = []
  const failures: unknown[] = []
  const emit = <E extends EventName>(event: E, data: VaultEvents[E]): void => {
    if (event === 'send' && 'bytes' in data) sent.push({ at: time.now(), bytes: data.bytes })
    if (event === 'due' && 'deadline' in data) due.push(data)
  }
  const clock = new ClassClock(time.now(), INTERVAL_MS / 1000, time.now)
  const session = new StudentSession(
    {
      http: createHttp(
        () => Promise.reject(new TypeError('no network')),
        () => undefined,
      ),
      store,
      me,
      emit,
      now: time.now,
      timers: time,
      random: () => random,
      report: (error) => failures.push(error),
    },
    {
      classId: randomUUID(),
      mode,
      classPublicKey: classKey.publicKey,
      roster: rosterOf(me.account.accountId, keys),
      clock,
    },
    allowed,
  )
  const open = ({ bytes }: Sent): RecordBody =>
    verifyRecord(openRecord(bytes, classKey.publicKey, classKey.privateKey), () => keys.public.sign)
  /** Moves the clock; at each timer it stands until the store has done what was asked of it. */
  const pass = (ms: number): Promise<void> =>
    time.advance(ms, async () => {
      for (let i = 0; i < 4; i++) await store.outbox(me.account.accountId)
    })
  /** The first sending of each record, in the order of their sequence. */
  const firsts = (): Sent[] => {
    const bySequence = new Map<number, Sent>()
    for (const one of sent) {
      const { sequence } = open(one)
      if (!bySequence.has(sequence)) bySequence.set(sequence, one)
    }
    return [...bySequence.values()]
  }
  await session.channelState(true)
  await session.setWriter(randomUUID())
  return { time, session, sent, firsts, due, failures, open, pass }
}

/** Some roster: a session only asks it about receipts. */
function rosterOf(accountId: string, keys: AccountKeys): Roster {
  const courseId = randomUUID()
  const body = encodeGrant({
    courseId,
    number: 0,
    accountId,
    role: 'teacher',
    keys: keys.public,
    name: 'Ada',
    granterId: accountId,
    granterKey: keys.id,
    at: 0,
  })
  const grant = {
    subjectId: accountId,
    granterId: accountId,
    role: 'teacher',
    signed: toB64u(signDocument('attune/grant/1', body, keys.signKey)),
    grantedAt: 0,
    endedAt: null,
  }
  const nothing = { people: [], generations: [], generationNeeded: false, tombstones: [] }
  return new Roster(rosterAnswer.parse({ courseId, grants: [grant], ...nothing }), null)
}

describe('cover records', () => {
  it('leave at one phase of each interval and at one size, whether there is consent or not', async () => {
    const withConsent = await setUp('expression', true)
    const without = await setUp('expression', false)
    for (const room of [withConsent, without]) {
      room.session.start()
      for (let n = 0; n < 4; n++) {
        room.session.record(room.due.at(-1)?.interval ?? -1, HAPPY)
        await room.pass(INTERVAL_MS)
      }
    }
    const times = ({ firsts }: typeof without): number[] => firsts().map(({ at }) => at - 1_000_000)
    const expected = [0, 1, 2, 3].map((n) => (n + 0.1 + 0.5 * 0.3) * INTERVAL_MS)
    expect(times(withConsent)).toEqual(expected)
    expect(times(without)).toEqual(expected)
    // What is sent again for want of a receipt is alike, too.
    expect(withConsent.sent.map(({ at }) => at)).toEqual(without.sent.map(({ at }) => at))
    const sizes = [withConsent, without].flatMap(({ sent }) =>
      sent.map(({ bytes }) => bytes.length),
    )
    expect(new Set(sizes)).toEqual(new Set([256]))
    expect(withConsent.firsts().map((one) => withConsent.open(one).kind)).toEqual(
      Array.from({ length: 4 }, () => 'expression'),
    )
    expect(without.firsts().map((one) => without.open(one).kind)).toEqual(
      Array.from({ length: 4 }, () => 'none'),
    )
    expect(without.due.map(({ analyse }) => analyse)).not.toContain(true)
    expect(withConsent.failures).toEqual([])
  })

  it('number their records and their intervals, in one stream', async () => {
    const { session, sent, open, pass } = await setUp('check-ins', true)
    session.start()
    await pass(INTERVAL_MS)
    await pass(INTERVAL_MS)
    const bodies = sent.map(open)
    expect(bodies.map(({ sequence, interval }) => [sequence, interval])).toEqual([
      [0, 0],
      [1, 1],
    ])
    expect(bodies[0]?.stream).toEqual(bodies[1]?.stream)
  })
})

describe('a reading', () => {
  it('counts for the interval it was asked for alone, and a withdrawal drops it', async () => {
    const { session, sent, due, open, pass } = await setUp('expression', true)
    session.start()
    expect(session.record(7, HAPPY)).toBe(false)
    expect(session.record(due[0]?.interval ?? -1, HAPPY)).toBe(true)
    session.setAllowed(false)
    await pass(INTERVAL_MS)
    session.setAllowed(true)
    expect(session.record(0, HAPPY)).toBe(false)
    expect(session.record(1, { kind: 'check-in', emotion: 'sad' })).toBe(false)
    expect(session.record(1, HAPPY)).toBe(true)
    await pass(INTERVAL_MS)
    expect(sent.map((one) => open(one).kind)).toEqual(['none', 'expression'])
  })

  it('of check-ins the last tap before the record leaves, and none without a new tap', async () => {
    const { session, sent, open, pass } = await setUp('check-ins', true)
    session.start()
    expect(session.record(0, { kind: 'check-in', emotion: 'sad' })).toBe(true)
    expect(session.record(0, { kind: 'check-in', emotion: 'happy' })).toBe(true)
    await pass(INTERVAL_MS)
    await pass(INTERVAL_MS)
    const [first, second] = sent.map(open)
    expect(first).toMatchObject({ kind: 'check-in', engagement: 1, quality: 0 })
    expect(first?.probabilities).toEqual([0, 1, 0, 0, 0, 0, 0, 0])
    expect(second?.kind).toBe('none')
  })
})

describe('records without a receipt', () => {
  it('are sent again as the same bytes: all on a new channel, a few with each interval', async () => {
    const { session, sent, pass } = await setUp('check-ins', true)
    session.start()
    await pass(INTERVAL_MS)
    await pass(INTERVAL_MS)
    await session.channelState(false)
    await session.channelState(true)
    expect(sent).toHaveLength(4)
    expect(sent[2]?.bytes).toEqual(sent[0]?.bytes)
    expect(sent[3]?.bytes).toEqual(sent[1]?.bytes)
    await pass(INTERVAL_MS)
    expect(sent).toHaveLength(6)
    expect(sent[5]?.bytes).toEqual(sent[0]?.bytes)
  })

  it('miss no interval on a device that is behind, whatever comes first: the timer or the clock', async () => {
    const { session, sent, time, open, pass } = await setUp('check-ins', true)
    session.start()
    await pass(INTERVAL_MS)
    // The moment of interval 1 has passed, and its timer has not run: the clock is set before.
    time.jump(0.4 * INTERVAL_MS)
    session.syncClock(0)
    await pass(0)
    // Nor has that of interval 2, until 3 has begun.
    time.jump(1.7 * INTERVAL_MS)
    session.syncClock(0)
    await pass(0)
    await pass(2 * INTERVAL_MS)
    const intervals = new Set(sent.map((one) => open(one).interval))
    expect([...intervals].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4])
  })

  it('skip what passed while the device slept', async () => {
    const { session, sent, open, pass } = await setUp('check-ins', true)
    session.start()
    await pass(INTERVAL_MS)
    session.syncClock(10 * INTERVAL_MS)
    await pass(INTERVAL_MS)
    expect(sent.slice(0, 2).map((one) => open(one).interval)).toEqual([0, 11])
  })
})
