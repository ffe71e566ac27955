import { describe, expect, test } from 'vitest'
import type { Notification, Role } from '../../../sfu/protocol/index.ts'
import type { Reading } from '../../_emotion/reading.ts'
import { NO_READING } from '../../_emotion/reading.ts'
import type {
  ClassEntry,
  EventName,
  ReadingsMode,
  VaultEvents,
  VaultState,
  VerbAnswer,
  VerbArgs,
  VerbName,
} from '../../_vault/verbs.ts'
import type { CallEvents } from '../call.ts'
import { LocalMedia } from '../devices/local-media.ts'
import { Emitter } from '../emitter.ts'
import { type CallState, INITIAL_STATE } from '../state.ts'
import { createStore } from '../store.ts'
import { createManualTimers, settle } from '../testing/manual-timers.ts'
import { ENTRY, MEMBER_ID } from '../testing/protocol-parts.ts'
import { Readings } from './readings.ts'

const CLASS_ID = ENTRY.class.id
/** How far the class's clock is ahead of this device's. */
const AHEAD = 40_000
const HAPPY: Reading = {
  ...NO_READING,
  kind: 'expression',
  probabilities: [0, 1, 0, 0, 0, 0, 0, 0],
  confidence: 1,
  quality: 0,
}

/** A vault that answers as it is told and writes down what it was asked. */
function createVaultPort(entry: ClassEntry) {
  const events = new Emitter<VaultEvents>()
  const asked: { verb: VerbName; args: unknown }[] = []
  const settings = { state: 'unlocked' as VaultState, entry }
  const answers: { [V in VerbName]?: (args: VerbArgs<V>) => VerbAnswer<V> } = {
    status: () => ({ state: settings.state, account: null }),
    enterClass: () => settings.entry,
    answerConsent: ({ allow, textId }) => ({
      state: allow ? 'allowed' : 'declined',
      textId,
      by: 'self',
      age: 0,
    }),
    prepareClass: () => ({ readings: entry.readings, paused: null }),
    record: () => ({ accepted: true }),
  }
  const port = {
    call<V extends VerbName>(verb: V, args: VerbArgs<V>): Promise<VerbAnswer<V>> {
      asked.push({ verb, args })
      const answer = answers[verb]
      return Promise.resolve(answer ? answer(args) : ({} as VerbAnswer<V>))
    },
    on: <E extends EventName>(name: E, listener: (data: VaultEvents[E]) => void) =>
      events.on(name, listener),
  }
  const argsOf = (verb: VerbName): unknown[] =>
    asked.filter((call) => call.verb === verb).map(({ args }) => args)
  return { port, events, settings, argsOf, asked }
}

function visit(role: Role, readingsMode: ReadingsMode = 'expression', consent = 'ask') {
  const classEntry: ClassEntry = {
    classId: CLASS_ID,
    courseId: ENTRY.class.courseId,
    role,
    readings: readingsMode,
    intervalSeconds: 10,
    keptDays: 180,
    consent: {
      state: consent as ClassEntry['consent']['state'],
      textId: `${readingsMode}/1`,
      by: 'self',
      age: 0,
    },
    paused: null,
  }
  const vault = createVaultPort(classEntry)
  const callState = createStore<CallState>({
    ...INITIAL_STATE,
    phase: 'joined',
    selfId: MEMBER_ID,
    role,
    class: ENTRY.class,
  })
  const events = new Emitter<CallEvents>()
  const { state: media } = new LocalMedia({ devices: undefined })
  const seen = {
    loads: 0,
    disposed: 0,
    reads: 0,
    sent: [] as Uint8Array[],
    vaultAsked: 0,
    clockAsked: 0,
  }
  const timers = createManualTimers()
  const readings = new Readings({
    call: {
      state: callState,
      events,
      sendRecord: (bytes) => seen.sent.push(bytes) > 0,
      sendReceipt: () => Promise.resolve(),
      announceChunk: () => Promise.resolve(),
      readClock: () => {
        seen.clockAsked += 1
        return Promise.resolve(timers.now() + AHEAD)
      },
    },
    localMedia: { state: media },
    vault: () => {
      seen.vaultAsked += 1
      return vault.port
    },
    loadReader: () => {
      seen.loads += 1
      return Promise.resolve({
        createReader: () => ({
          load: () => Promise.resolve(),
          setTrack: () => undefined,
          read: () => {
            seen.reads += 1
            return Promise.resolve(HAPPY)
          },
          dispose: () => {
            seen.disposed += 1
          },
        }),
      })
    },
    timers,
  })
  readings.start()
  const enter = async (resumed = false): Promise<void> => {
    events.emit('entered', { entry: { ...ENTRY, role }, resumed })
    await settle()
  }
  const notify = (notification: Notification): void => {
    events.emit('notification', notification)
  }
  const due = async (interval: number, analyse = true): Promise<void> => {
    const deadline = timers.now() + 5_000
    vault.events.emit('due', { classId: CLASS_ID, interval, deadline, analyse })
    await settle()
  }
  const answer = async (allow: boolean): Promise<void> => {
    const { textId } = classEntry.consent
    const text = {
      textId,
      text: 'the text',
      language: 'en',
      givenBy: 'self' as const,
      giverName: '',
      statedAge: 0,
    }
    await readings.answerConsent({ allow, ...text })
    await settle()
  }
  return { readings, vault, callState, events, seen, enter, notify, due, answer }
}

describe('Readings', () => {
  test('a guest’s visit asks neither the vault nor for the analysis', async () => {
    const { enter, seen, readings } = visit('guest')
    await enter()
    expect(seen).toMatchObject({ vaultAsked: 0, loads: 0 })
    expect(readings.state.getState().status).toBe('off')
  })

  test('nothing of the analysis is fetched before Allow', async () => {
    const { enter, due, answer, seen } = visit('student')
    await enter()
    await due(1, false)
    expect(seen.loads).toBe(0)
    await answer(false)
    await due(2, false)
    expect(seen).toMatchObject({ loads: 0, reads: 0 })
    await answer(true)
    expect(seen.loads).toBe(1)
  })

  test('taking Allow back ends the analysis', async () => {
    const { enter, answer, due, seen, readings } = visit('student')
    await enter()
    await answer(true)
    expect(readings.state.getState().analysis).toBe('on')
    await answer(false)
    expect(readings.state.getState().analysis).toBe('off')
    expect(seen.disposed).toBe(1)
    await due(3, false)
    expect(seen.reads).toBe(0)
  })

  test('a class of check-ins never fetches the analysis, whatever is answered', async () => {
    const { enter, answer, due, seen } = visit('student', 'check-ins')
    await enter()
    await answer(true)
    await due(1, false)
    expect(seen.loads).toBe(0)
  })

  test('a reading that is due goes to the vault, and what left is shown', async () => {
    const { enter, answer, due, vault, readings } = visit('student')
    await enter()
    await answer(true)
    await due(4)
    expect(vault.argsOf('record')).toEqual([{ classId: CLASS_ID, interval: 4, reading: HAPPY }])
    vault.events.emit('sent', { classId: CLASS_ID, interval: 4, reading: HAPPY })
    expect(readings.state.getState().last).toEqual({ interval: 4, reading: HAPPY })
  })

  test('what happens in another class is none of this one’s', async () => {
    const { enter, answer, vault, seen, readings } = visit('student')
    await enter()
    await answer(true)
    const other = '00000000-0000-4000-8000-0000000000ff'
    vault.events.emit('due', { classId: other, interval: 1, deadline: 0, analyse: true })
    vault.events.emit('send', { classId: other, bytes: new Uint8Array(256) })
    vault.events.emit('sent', { classId: other, interval: 1, reading: HAPPY })
    await settle()
    expect(seen).toMatchObject({ reads: 0, sent: [] })
    expect(readings.state.getState().last).toBeNull()
  })

  test('a tap is handed over at once, and again when the next interval asks, until it left', async () => {
    const { enter, due, vault, readings } = visit('student', 'check-ins', 'allowed')
    await enter()
    await readings.checkIn('sad')
    const tap = { kind: 'check-in', emotion: 'sad' }
    expect(vault.argsOf('record')).toEqual([{ classId: CLASS_ID, interval: 0, reading: tap }])
    await due(1, false)
    expect(vault.argsOf('record')).toHaveLength(2)
    vault.events.emit('sent', {
      classId: CLASS_ID,
      interval: 1,
      reading: { kind: 'check-in', emotion: 'sad' },
    })
    await due(2, false)
    expect(vault.argsOf('record')).toHaveLength(2)
    expect(readings.state.getState().tapped).toBeNull()
  })

  test('a locked vault stops nothing but readings, and unlocking begins them', async () => {
    const { enter, vault, readings } = visit('student')
    vault.settings.state = 'locked'
    await enter()
    expect(readings.state.getState().status).toBe('locked')
    expect(vault.argsOf('enterClass')).toEqual([])
    vault.settings.state = 'unlocked'
    vault.events.emit('state', { state: 'unlocked', account: null })
    await settle()
    expect(readings.state.getState().status).toBe('running')
  })

  test('records that come while the teacher’s vault is locked are kept, in their order', async () => {
    const { enter, events, vault } = visit('teacher')
    vault.settings.state = 'locked'
    await enter()
    events.emit('record', Uint8Array.of(1))
    events.emit('record', Uint8Array.of(2))
    await settle()
    expect(vault.argsOf('takeRecord')).toEqual([])
    vault.settings.state = 'unlocked'
    vault.events.emit('state', { state: 'unlocked', account: null })
    await settle()
    const messages = vault
      .argsOf('takeRecord')
      .map((args) => (args as { message: unknown }).message)
    expect(messages).toEqual([Uint8Array.of(1), Uint8Array.of(2)])
  })

  test('a teacher’s vault prepares the class before it enters', async () => {
    const { enter, vault } = visit('teacher')
    await enter()
    const verbs = vault.asked.map(({ verb }) => verb)
    expect(verbs.indexOf('prepareClass')).toBeLessThan(verbs.indexOf('enterClass'))
    expect(verbs).toContain('prepareClass')
  })

  test('clock, writer, receipts and changed settings reach the vault', async () => {
    const { enter, notify, vault } = visit('student')
    await enter()
    notify({ notification: 'clock', data: { now: 2_000_000 } })
    notify({ notification: 'receipt', data: { box: 'AA' } })
    notify({ notification: 'writer', data: { memberId: null } })
    notify({ notification: 'readings', data: { readings: 'off', intervalSeconds: 10 } })
    await settle()
    expect(vault.argsOf('syncClock')).toEqual([{ classId: CLASS_ID, clockOffset: 1_000_000 }])
    expect(vault.argsOf('takeReceipt')).toEqual([{ classId: CLASS_ID, box: 'AA' }])
    expect(vault.argsOf('setWriter').at(-1)).toEqual({ classId: CLASS_ID, memberId: null })
    expect(vault.argsOf('enterClass')).toHaveLength(2)
  })

  test('a record refused for its interval has the clock measured at once, though it goes back', async () => {
    const { enter, notify, vault, seen, readings } = visit('student', 'check-ins')
    await enter()
    // An announcement that cannot come early, as it seems: this device's clock was set since.
    notify({ notification: 'clock', data: { now: 1_000_000 + AHEAD + 3_600_000 } })
    await settle()
    const problem = { code: 'clock-wrong', message: 'It is being measured again.' }
    vault.events.emit('problem', { ...problem, classId: '00000000-0000-4000-8000-0000000000ff' })
    await settle()
    expect(seen.clockAsked).toBe(0)
    for (let times = 0; times < 5; times += 1) {
      vault.events.emit('problem', { ...problem, classId: CLASS_ID })
    }
    await settle()
    expect(seen.clockAsked).toBe(2)
    expect(vault.argsOf('syncClock').at(-1)).toEqual({ classId: CLASS_ID, clockOffset: AHEAD })
    expect(readings.state.getState().problem).toEqual(problem)
  })

  test('a resumed membership asks anew what is read, since it may have missed a change', async () => {
    const { enter, answer, vault, seen } = visit('student')
    await enter()
    await answer(true)
    const { entry } = vault.settings
    vault.settings.entry = { ...entry, consent: { ...entry.consent, state: 'allowed' } }
    await enter(true)
    expect(vault.argsOf('enterClass')).toHaveLength(2)
    expect(seen.disposed).toBe(0)
    vault.settings.entry = { ...entry, readings: 'off' }
    await enter(true)
    expect(seen.disposed).toBe(1)
  })

  test('the end of the class ends the analysis and tells the vault that it was the end', async () => {
    const { enter, answer, callState, vault, seen } = visit('student')
    await enter()
    await answer(true)
    const end = { reason: 'class-ended', code: 'ended-by-teacher' } as const
    callState.patch({ phase: 'ended', end })
    await settle()
    expect(seen.disposed).toBe(1)
    expect(vault.argsOf('leaveClass')).toEqual([{ classId: CLASS_ID, ended: true }])
  })
})
