/**
 * People with vaults of their own around a real web server, and a stand-in for the SFU that only carries bytes: it
 * notes everything that passes, so that a test can show what it saw.
 */
import 'fake-indexeddb/auto'
import { randomUUID } from 'node:crypto'
import type { TestBrowser } from '../../_server/testing/test-school.ts'
import { concat, idToBytes } from '../format/bytes.ts'
import { VaultStore } from '../store.ts'
import { Vault } from '../vault.ts'
import type {
  ClassRole,
  EventName,
  PresentMember,
  VaultEvents,
  VerbAnswer,
  VerbArgs,
  VerbName,
} from '../verbs.ts'
import type { TestTime } from './test-time.ts'

export interface Seen<E extends EventName = EventName> {
  readonly event: E
  readonly data: VaultEvents[E]
}

/** A tab of one person. */
export class TestTab {
  readonly vault: Vault
  readonly store: VaultStore
  readonly events: Seen[] = []
  /** This device's clock. */
  readonly now: () => number
  /** What its vault draws next, in [0, 1). */
  random = 0.5
  /** Requests under way: a test waits until there are none. */
  pending = 0
  onEvent: (seen: Seen) => void = () => undefined
  #alive = true
  #die: () => void = () => undefined
  /** Set by a test to stand between the vault and web. */
  intercept: (path: string, init: RequestInit, go: () => Promise<Response>) => Promise<Response> = (
    _path,
    _init,
    go,
  ) => go()

  /** @param skew how far this device's clock is ahead, in milliseconds */
  constructor(
    browser: Pick<TestBrowser, 'fetch'>,
    store: VaultStore,
    time: TestTime,
    locks: LockManager,
    skew = 0,
  ) {
    this.store = store
    this.now = () => time.now() + skew
    const death = new Promise<void>((resolve) => {
      this.#die = resolve
    })
    this.vault = new Vault({
      fetch: async (input, init = {}) => {
        if (typeof input !== 'string') throw new TypeError('a path')
        if (!this.#alive) throw new TypeError('this tab is gone')
        this.pending++
        try {
          return await this.intercept(input, init, () => browser.fetch(input, init))
        } finally {
          this.pending--
        }
      },
      store,
      emit: (event, data) => {
        if (!this.#alive) return
        const seen: Seen = { event, data }
        this.events.push(seen)
        this.onEvent(seen)
      },
      now: this.now,
      timers: {
        after: (ms, run) =>
          time.after(ms, () => {
            if (this.#alive) run()
          }),
      },
      random: () => this.random,
      locks: {
        request: (name, options, hold) =>
          locks.request(name, options, () => Promise.race([hold(), death])),
      },
      persisted: () => Promise.resolve(false),
      // Work between two breaths is work under way, though no request is.
      breathe: async () => {
        this.pending++
        await new Promise((resolve) => void setImmediate(resolve))
        this.pending--
      },
    })
  }

  /** The page is gone, and its worker with it: nothing is finished, nothing is said. */
  kill(): void {
    this.#alive = false
    this.#die()
  }

  async call<V extends VerbName>(verb: V, args: VerbArgs<V>): Promise<VerbAnswer<V>> {
    this.pending++
    try {
      return await this.vault.call(verb, args)
    } finally {
      this.pending--
    }
  }

  /** What events of one kind carried, in order. */
  of<E extends EventName>(event: E): VaultEvents[E][] {
    return this.events.flatMap((seen) => (isEvent(seen, event) ? [seen.data] : []))
  }
}

export function isEvent<E extends EventName>(seen: Seen, event: E): seen is Seen<E> {
  return seen.event === event
}

/** A fresh profile of a browser: its own IndexedDB. */
export async function freshStore(): Promise<VaultStore> {
  return VaultStore.open(randomUUID())
}

interface Member extends PresentMember {
  readonly tab: TestTab
  /** How far the class's clock is ahead of this tab's. */
  readonly clockOffset: number
}

/** Carries bytes between the members of one class, as the SFU does. */
export class TestHub {
  readonly classId: string
  /** Everything that passed. */
  readonly wire: Uint8Array[] = []
  readonly failures: unknown[] = []
  /** False: records go nowhere, as when the network is gone. */
  carrying = true
  #members: Member[] = []
  #writer: string | null = null

  constructor(classId: string) {
    this.classId = classId
  }

  /** A member's connection: from now on its events are carried. */
  async enter(tab: TestTab, member: PresentMember, now: number): Promise<void> {
    const { classId } = this
    const { memberId, role } = member
    const clockOffset = now - tab.now()
    tab.onEvent = (seen) => {
      this.#carry(member.memberId, seen)
    }
    await tab.call('enterClass', { classId, memberId, role, clockOffset })
    this.#members.push({ ...member, tab, clockOffset })
    if (member.role === 'teacher' && this.#writer === null) this.#writer = member.memberId
    for (const { tab: each, role } of this.#members) {
      await each.call('setWriter', { classId, memberId: this.#writer })
      if (role === 'teacher') await each.call('setPresence', { classId, members: this.present() })
    }
    if (member.role === 'student') await tab.call('channelState', { classId, open: true })
  }

  /** A member's connection is gone; the next teacher writes. */
  async drop(memberId: string): Promise<void> {
    const { classId } = this
    const gone = this.#members.find((member) => member.memberId === memberId)
    if (gone) gone.tab.onEvent = () => undefined
    this.#members = this.#members.filter((member) => member !== gone)
    if (this.#writer === memberId) {
      this.#writer = this.#members.find(({ role }) => role === 'teacher')?.memberId ?? null
    }
    for (const { tab: each, role } of this.#members) {
      await each.call('setWriter', { classId, memberId: this.#writer })
      if (role === 'teacher') await each.call('setPresence', { classId, members: this.present() })
    }
  }

  /** Everybody is gone at once. */
  forgetAll(): void {
    for (const { tab } of this.#members) tab.onEvent = () => undefined
    this.#members = []
  }

  present(): PresentMember[] {
    return this.#members.map(({ memberId, accountId, role }) => ({ memberId, accountId, role }))
  }

  /** Hands bytes to every teacher as if this member had sent them. */
  inject(from: string, bytes: Uint8Array): void {
    this.wire.push(bytes)
    const message = concat(idToBytes(from), bytes)
    for (const { tab, role } of this.#members) {
      if (role === 'teacher')
        this.#deliver(tab.call('takeRecord', { classId: this.classId, message }))
    }
  }

  #carry(from: string, seen: Seen): void {
    const { classId } = this
    if (isEvent(seen, 'send') && this.carrying) this.inject(from, seen.data.bytes)
    if (isEvent(seen, 'receiptOut')) {
      const { to, box } = seen.data
      const member = this.#members.find(({ memberId }) => memberId === to)
      if (member) this.#deliver(member.tab.call('takeReceipt', { classId, box }))
    }
    if (isEvent(seen, 'problem') && seen.data.code === 'clock-wrong') {
      // As a page does: the clock is measured anew.
      const member = this.#members.find(({ memberId }) => memberId === from)
      if (member)
        this.#deliver(member.tab.call('syncClock', { classId, clockOffset: member.clockOffset }))
    }
    if (isEvent(seen, 'chunkOut')) {
      for (const { tab, memberId, role } of this.#members) {
        if (role !== 'teacher' || memberId === from) continue
        this.#deliver(tab.call('takeChunk', seen.data))
      }
    }
  }

  #deliver(call: Promise<unknown>): void {
    call.catch((error: unknown) => this.failures.push(error))
  }
}

export type { ClassRole }
