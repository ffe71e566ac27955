import { describe, expect, test } from 'vitest'
import {
  type Entry,
  type ModerationEntry,
  type Notification,
  type NotificationData,
  type NotificationName,
} from '../../../sfu/protocol/index.ts'
import type { CallEvents } from '../call.ts'
import { Emitter } from '../emitter.ts'
import type { Session } from '../signaling/session.ts'
import { type CallState, INITIAL_STATE } from '../state.ts'
import { createStore } from '../store.ts'
import { createManualTimers } from '../testing/manual-timers.ts'
import { ENTRY } from '../testing/protocol-parts.ts'
import { LocalMedia } from '../devices/local-media.ts'
import { ScreenShare } from '../screen/screen-share.ts'
import { attendanceCsv, minutesPresent } from './attendance-csv.ts'
import { Moderation, type ModerationEvents } from './moderation.ts'

type Heard = {
  [Name in keyof ModerationEvents]: [Name, ModerationEvents[Name]]
}[keyof ModerationEvents]

const shut: ModerationEntry['rules'] = {
  permissions: { screen: false, chat: false, unmute: false, video: false },
  locked: true,
  restHiddenVideo: true,
}

function visit() {
  const events = new Emitter<CallEvents>()
  const state = createStore<CallState>({ ...INITIAL_STATE, phase: 'joined' })
  const asked: string[] = []
  const answers = new Map<string, Error>()
  const request: Session['request'] = (method) => {
    asked.push(method)
    return Promise.reject(answers.get(method) ?? new Error('no answer is scripted'))
  }
  const localMedia = new LocalMedia({ devices: undefined })
  const screen = new ScreenShare({ devices: undefined, origin: 'https://a.example', handle: 'h' })
  const on = { microphone: false, camera: false }
  const devices = createStore(localMedia.state.getState())
  const set = (kind: 'microphone' | 'camera', wanted: boolean): Promise<void> => {
    on[kind] = wanted
    devices.update((media) => ({ ...media, [kind]: { ...media[kind], wanted } }))
    return Promise.resolve()
  }
  const moderation = new Moderation({
    call: { events, state, request },
    localMedia: {
      state: devices,
      setMicrophone: (wanted) => set('microphone', wanted),
      setCamera: (wanted) => set('camera', wanted),
    },
    screen,
    timers: createManualTimers(),
  })
  const heard: Heard[] = []
  moderation.events.on('stopped', (data) => heard.push(['stopped', data]))
  moderation.events.on('forbidden', (data) => heard.push(['forbidden', data]))
  const enter = (change: Partial<ModerationEntry> = {}, role: Entry['role'] = 'student'): void => {
    const entry = { ...ENTRY, role, moderation: { ...ENTRY.moderation, ...change } }
    events.emit('entering', { entry })
  }
  const tell = <N extends NotificationName>(notification: N, data: NotificationData<N>): void => {
    events.emit('notification', { notification, data } as Notification)
  }
  return { moderation, enter, tell, on, set, heard, events, state, asked }
}

describe('a student’s device', () => {
  test('of one who waited looks as they like at the door, and enters as the rules say', async () => {
    const { enter, on, set, state } = visit()
    state.patch({ phase: 'waiting' })
    enter({ rules: shut })
    await set('microphone', true)
    expect(on.microphone).toBe(true)
    enter({ rules: shut })
    expect(on.microphone).toBe(false)
  })

  test('switches off what a teacher stopped, and says so once', async () => {
    const { enter, tell, on, set, heard } = visit()
    enter()
    await set('microphone', true)
    tell('sourceStopped', { source: 'microphone', by: 'teacher' })
    expect(on.microphone).toBe(false)
    await set('microphone', true)
    expect(on.microphone).toBe(true)
    expect(heard).toEqual([['stopped', { source: 'microphone', by: 'teacher' }]])
  })

  test('is told of no stop that stopped nothing here', async () => {
    const { enter, tell, on, set, heard } = visit()
    enter()
    await set('camera', true)
    tell('sourceStopped', { source: 'microphone', by: 'teacher' })
    tell('sourceStopped', { source: 'screen', by: 'teacher' })
    expect(heard).toEqual([])
    expect(on).toEqual({ microphone: false, camera: true })
  })

  test('switches off what was stopped while it was away, before anything is sent', async () => {
    const { enter, on, set } = visit()
    enter()
    await set('microphone', true)
    await set('camera', true)
    enter({ stopped: ['microphone'] })
    expect(on).toEqual({ microphone: false, camera: true })
  })

  test('holds itself to the rules, whoever presses what', async () => {
    const { enter, tell, on, set, heard, moderation } = visit()
    await set('camera', true)
    enter({ rules: shut })
    expect(on).toEqual({ microphone: false, camera: false })
    await set('microphone', true)
    expect(on.microphone).toBe(false)
    expect(heard).toEqual([
      ['forbidden', { permission: 'video' }],
      ['forbidden', { permission: 'unmute' }],
    ])
    tell('rules', { rules: ENTRY.moderation.rules })
    await set('microphone', true)
    expect(on.microphone).toBe(true)
    expect(moderation.state.getState().may.screen).toBe(true)
  })

  test('may unmute when asked, decides itself, and no longer when muted again', async () => {
    const { enter, tell, on, set, moderation } = visit()
    enter({ rules: shut })
    tell('unmuteAsked', {})
    expect(moderation.state.getState()).toMatchObject({ asked: true, may: { unmute: true } })
    expect(on.microphone).toBe(false)
    await moderation.answerAsked(false)
    expect([on.microphone, moderation.state.getState().asked]).toEqual([false, false])
    await moderation.answerAsked(true)
    expect(on.microphone).toBe(true)
    tell('sourceStopped', { source: 'microphone', by: 'teacher' })
    await set('microphone', true)
    expect(on.microphone).toBe(false)
  })

  test('believes the media server when it thought otherwise', async () => {
    const { enter, on, set, heard, events } = visit()
    enter()
    await set('microphone', true)
    events.emit('forbidden', { source: 'microphone' })
    expect(on.microphone).toBe(false)
    expect(heard).toEqual([['forbidden', { permission: 'unmute' }]])
  })

  test('knows when the class will end by its own clock', () => {
    const { enter, tell, moderation } = visit()
    enter({ endsInMs: 90_000 })
    const { endsAt } = moderation.state.getState()
    expect(endsAt).not.toBeNull()
    tell('teacherAbsent', { endsInMs: null })
    expect(moderation.state.getState().endsAt).toBeNull()
  })
})

test('a teacher is bound by none of it', async () => {
  const { enter, on, set, moderation } = visit()
  enter({ rules: shut }, 'teacher')
  await set('microphone', true)
  await set('camera', true)
  expect(on).toEqual({ microphone: true, camera: true })
  expect(moderation.state.getState().may.unmute).toBe(true)
})

describe('the list of attendance', () => {
  const words = {
    columns: { name: 'Name', role: 'Role', from: 'From', to: 'To', minutes: 'Minutes' },
    roles: { teacher: 'Teacher', student: 'Student', guest: 'Guest' },
  }
  const csv = (name: string, to: number | null = 120_000): string =>
    attendanceCsv([{ name, role: 'student', spans: [{ from: 0, to }] }], words, 300_000, (at) =>
      new Date(at).toISOString(),
    )

  test('is one line a stay, with who is still here', () => {
    expect(csv('Ada')).toBe(
      'Name,Role,From,To,Minutes\r\nAda,Student,1970-01-01T00:00:00.000Z,1970-01-01T00:02:00.000Z,2',
    )
    expect(csv('Ada', null).endsWith('Z,,5')).toBe(true)
  })

  test.each(['=1+1', '@cmd', '+1', '-1', '\t=1'])('no name is a formula: %j', (name) => {
    const [, line = ''] = csv(name).split('\r\n')
    expect(line.replace('"', '').startsWith("'")).toBe(true)
  })

  test('a name with quotes, commas or another script stays one field', () => {
    expect(csv('محمد, "علي"')).toContain('"محمد, ""علي""",Student')
  })

  test('adds the stays of one person', () => {
    const spans = [
      { from: 0, to: 60_000 },
      { from: 120_000, to: null },
    ]
    expect(minutesPresent({ name: 'Ada', role: 'student', spans }, 180_000)).toBe(2)
  })
})
