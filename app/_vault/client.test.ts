import { describe, expect, it } from 'vitest'
import { VaultClient, type TabChannel, type TabMessage, type VaultPort } from './client.ts'
import type { VerbRequest, WorkerMessage } from './verbs.ts'

class TestPort implements VaultPort {
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null = null
  onerror: ((event: ErrorEvent) => void) | null = null
  readonly asked: VerbRequest[] = []
  ended = false

  postMessage(message: VerbRequest): void {
    this.asked.push(message)
  }

  terminate(): void {
    this.ended = true
  }

  say(data: WorkerMessage): void {
    this.onmessage?.(new MessageEvent('message', { data }))
  }
}

class TestTabs implements TabChannel {
  onmessage: ((event: MessageEvent<TabMessage>) => void) | null = null
  readonly said: TabMessage[] = []

  postMessage(message: TabMessage): void {
    this.said.push(message)
  }
}

const ADA = { accountId: 'a', name: 'Ada', email: 'ada@school.example' }

function setUp() {
  const ports: TestPort[] = []
  const tabs = new TestTabs()
  const client = new VaultClient(() => {
    const port = new TestPort()
    ports.push(port)
    return port
  }, tabs)
  const port = (): TestPort => {
    const last = ports.at(-1)
    if (!last) throw new Error('no worker was started')
    return last
  }
  return { client, tabs, ports, port }
}

describe('VaultClient', () => {
  it('answers each call by its own id, and refuses with the worker’s code', async () => {
    const { client, port, ports } = setUp()
    const first = client.call('createCourse', { name: 'Optics' })
    const second = client.call('createCourse', { name: 'Waves' })
    expect(ports).toHaveLength(1)
    port().say({ id: 2, ok: true, answer: { courseId: 'w' } })
    port().say({ id: 1, ok: false, code: 'not-allowed', message: 'No.' })
    expect(await second).toEqual({ courseId: 'w' })
    await expect(first).rejects.toMatchObject({ code: 'not-allowed', message: 'No.' })
  })

  it('starts nothing until it is asked, and keeps one snapshot until the state changes', () => {
    const { client, port, ports } = setUp()
    expect(ports).toHaveLength(0)
    expect(client.getStatus()).toBe(client.getStatus())
    let changes = 0
    client.subscribe(() => {
      changes++
    })
    expect(port().asked).toMatchObject([{ verb: 'status' }])
    port().say({ event: 'state', data: { state: 'unlocked', account: ADA } })
    expect(changes).toBe(1)
    expect(client.getStatus()).toEqual({ state: 'unlocked', account: ADA })
  })

  it('ends its worker when this or another tab signs out, and refuses what was under way', async () => {
    const { client, tabs, port } = setUp()
    const leaving = client.call('signOut', {})
    const first = port()
    first.say({ id: 1, ok: true, answer: {} })
    await leaving
    expect(tabs.said).toEqual(['signed-out'])
    expect(first.ended).toBe(true)

    const waiting = client.call('myReadings', {})
    const second = port()
    tabs.onmessage?.(new MessageEvent('message', { data: 'signed-out' }))
    await expect(waiting).rejects.toMatchObject({ code: 'signed-out' })
    expect(second.ended).toBe(true)
    expect(client.getStatus().state).toBe('signed-out')
  })

  it('ends its worker and those of other tabs though web did not hear of the sign-out', async () => {
    const { client, tabs, port } = setUp()
    const leaving = client.call('signOut', {})
    const worker = port()
    worker.say({ id: 1, ok: false, code: 'network', message: 'away' })
    await expect(leaving).rejects.toMatchObject({ code: 'network' })
    expect(tabs.said).toEqual(['signed-out'])
    expect(worker.ended).toBe(true)
    expect(client.getStatus().state).toBe('signed-out')
  })

  it('ends the workers of all tabs when web tells one that the session is over', async () => {
    const [first, second] = [setUp(), setUp()]
    const states: string[] = []
    first.client.on('state', ({ state }) => states.push(state))
    for (const { client, port } of [first, second]) {
      client.wake()
      port().say({ event: 'state', data: { state: 'unlocked', account: ADA } })
    }
    const refused = first.client.call('createCourse', { name: 'Optics' })
    first.port().say({ event: 'state', data: { state: 'signed-out', account: null } })
    await expect(refused).rejects.toMatchObject({ code: 'signed-out' })
    expect(first.tabs.said).toEqual(['signed-out'])
    for (const data of first.tabs.said) {
      second.tabs.onmessage?.(new MessageEvent('message', { data }))
    }
    for (const { client, port } of [first, second]) {
      expect(port().ended).toBe(true)
      expect(client.getStatus()).toEqual({ state: 'signed-out', account: null })
    }
    expect(states).toEqual(['unlocked', 'signed-out'])
    // One tab said it; the other has nothing to add.
    expect(second.tabs.said).toEqual([])
  })

  it('says nothing to other tabs where nobody was signed in', () => {
    const { client, tabs, port } = setUp()
    client.wake()
    port().say({ event: 'state', data: { state: 'signed-out', account: null } })
    expect([tabs.said, port().ended]).toEqual([[], false])
  })

  it('looks again when a page was refused, and only where somebody is signed in', () => {
    const { client, port, ports } = setUp()
    client.lookAgain()
    expect(ports).toHaveLength(0)
    client.wake()
    port().say({ event: 'state', data: { state: 'unlocked', account: ADA } })
    client.lookAgain()
    expect(port().asked.map(({ verb }) => verb)).toEqual(['status', 'status'])
  })

  it('says so when the worker breaks, and starts another for the next call', async () => {
    const { client, port, ports } = setUp()
    const problems: string[] = []
    client.on('problem', ({ code }) => problems.push(code))
    const broken = client.call('status', {})
    port().onerror?.(new Event('error') as ErrorEvent)
    await expect(broken).rejects.toMatchObject({ code: 'vault-crashed' })
    expect(problems).toEqual(['vault-crashed'])
    const next = client.call('status', {})
    expect(ports).toHaveLength(2)
    port().say({ id: 2, ok: true, answer: { state: 'signed-out', account: null } })
    expect(await next).toEqual({ state: 'signed-out', account: null })
  })

  it('tells other tabs of a sign-in, and looks anew when they tell of one', async () => {
    const { client, tabs, port } = setUp()
    const signingIn = client.call('signIn', { email: ADA.email, password: 'x' })
    port().say({ id: 1, ok: true, answer: ADA })
    await signingIn
    expect(tabs.said).toEqual(['signed-in'])
    tabs.onmessage?.(new MessageEvent('message', { data: 'signed-in' }))
    expect(port().asked.at(-1)).toMatchObject({ verb: 'status' })
  })
})
