/**
 * The vault: answers verbs and emits events, with everything from outside (transport, clock, timers, randomness, store,
 * locks) handed in, so that it runs in a worker and in tests alike. It must never answer with key material or with
 * another person's reading.
 */
import { AccountCare } from './account-care.ts'
import { AccountDoor } from './account.ts'
import { verbArguments } from './arguments.ts'
import { ClassRooms } from './class-room.ts'
import { VaultError } from './errors.ts'
import * as keys from './history/course-keys.ts'
import { courseReadings } from './history/course-readings.ts'
import { courseTotals } from './history/course-totals.ts'
import { eraseReadings } from './history/erase.ts'
import { myReadings } from './history/my-readings.ts'
import { createHttp, type Http } from './http.ts'
import * as results from './results/results.ts'
import * as courses from './roster/course-verbs.ts'
import { confirmKeys, keysToConfirm } from './roster/confirm-keys.ts'
import type { VaultStore } from './store.ts'
import { sendAllLate } from './student/late.ts'
import type { Emit } from './student/session.ts'
import { SupportDesk } from './support/desk.ts'
import { sendLeftChunks } from './teacher/left-chunks.ts'
import type { Locks } from './teacher/writer-lock.ts'
import type { Timers } from './timing.ts'
import type { VaultStatus, VerbAnswer, VerbArgs, VerbName } from './verbs.ts'

export interface VaultDeps {
  readonly fetch: typeof fetch
  readonly store: VaultStore
  readonly emit: Emit
  /** Milliseconds since 1970 on this device. */
  readonly now: () => number
  readonly timers: Timers
  /** In [0, 1). */
  readonly random: () => number
  readonly locks: Locks
  readonly persisted: () => Promise<boolean>
  /** Lets the worker's other work through. */
  readonly breathe: () => Promise<void>
}

type Handlers = { readonly [V in VerbName]: (args: VerbArgs<V>) => Promise<VerbAnswer<V>> }

const DONE: Record<string, never> = {}

export class Vault {
  readonly #deps: VaultDeps
  readonly #http: Http
  readonly #door: AccountDoor
  readonly #care: AccountCare
  readonly #rooms: ClassRooms
  readonly #support: SupportDesk
  readonly #handlers: Handlers
  #swept = false
  #told: VaultStatus = { state: 'starting', account: null }

  constructor(deps: VaultDeps) {
    this.#deps = deps
    this.#http = createHttp(deps.fetch, () => {
      this.#endSession().catch(this.report)
    })
    this.#door = new AccountDoor(this.#http, deps.store)
    this.#care = new AccountCare({ http: this.#http, door: this.#door, now: deps.now })
    const shared = {
      ...deps,
      http: this.#http,
      report: this.report,
      require: () => this.#door.require(),
    }
    this.#rooms = new ClassRooms(shared)
    this.#support = new SupportDesk({
      ...shared,
      classDeps: shared,
      entered: () => this.#rooms.entered(),
    })
    this.#handlers = {
      ...this.#accountVerbs(),
      ...this.#courseVerbs(),
      ...this.#historyVerbs(),
      ...this.#resultVerbs(),
      ...this.#classVerbs(),
      ...this.#support.verbs(),
    }
  }

  /**
   * Answers a verb.
   * @throws VaultError
   */
  async call<V extends VerbName>(verb: V, args: unknown): Promise<VerbAnswer<V>> {
    if (!Object.hasOwn(verbArguments, verb)) throw new VaultError('bad-arguments')
    const parsed = verbArguments[verb].safeParse(args)
    if (!parsed.success) throw new VaultError('bad-arguments', { cause: parsed.error })
    return this.#handlers[verb](parsed.data)
  }

  /** Names a failure that no verb waits for. */
  readonly report = (error: unknown): void => {
    const known = error instanceof VaultError ? error : new VaultError('internal', { cause: error })
    if (known !== error) console.error(error)
    this.#deps.emit('problem', { code: known.code, message: known.message })
  }

  #accountVerbs() {
    return {
      status: async () => this.#settled(await this.#door.status()),
      signUp: async (form) => {
        const made = await this.#door.signUp(form)
        this.#settled({ state: 'unlocked', account: made.account })
        return made
      },
      signIn: async ({ email, password }) => {
        const account = await this.#door.signIn(email, password)
        this.#settled({ state: 'unlocked', account })
        return account
      },
      signInWithRecovery: async ({ email, recoveryCode, newPassword }) => {
        const account = await this.#door.signInWithRecovery(email, recoveryCode, newPassword)
        this.#settled({ state: 'unlocked', account })
        return account
      },
      unlock: async ({ password }) => this.#settled(await this.#door.unlock(password)),
      changePassword: async ({ currentPassword, newPassword }) => {
        await this.#door.changePassword(currentPassword, newPassword)
        return DONE
      },
      renewKeys: async ({ password }) => {
        await this.#care.renewKeys(password)
        return DONE
      },
      reloadKeys: async () => {
        await this.#care.reloadKeys()
        await this.#rooms.renew(null)
        return DONE
      },
      newRecoveryCode: async ({ password }) => ({
        recoveryCode: await this.#care.newRecoveryCode(password),
      }),
      confirmRecoveryCode: async ({ recoveryCode }) => {
        await this.#care.confirmRecoveryCode(recoveryCode)
        return DONE
      },
      resetAccount: async (form) => {
        const made = await this.#care.resetAccount(form)
        this.#settled({ state: 'unlocked', account: made.account })
        return made
      },
      signOut: async () => {
        await this.#rooms.leaveAll()
        try {
          await this.#door.signOut()
        } finally {
          // Whatever web says: this device holds no key any more.
          await this.#endSession()
        }
        return DONE
      },
    } satisfies Partial<Handlers>
  }

  #courseVerbs() {
    return {
      createCourse: async ({ name }) => ({
        courseId: await courses.createCourse(this.#context(), name),
      }),
      inviteLink: ({ courseId, origin }) => courses.inviteLink(this.#context(), courseId, origin),
      joinCourse: async ({ token, fragment }) => ({
        courseId: await courses.joinCourse(this.#context(), token, fragment),
      }),
      setRole: async ({ courseId, ...change }) => {
        await courses.setRole(this.#context(), courseId, change)
        return DONE
      },
      removePerson: async ({ courseId, accountId }) => {
        await courses.removePerson(this.#context(), courseId, accountId)
        return DONE
      },
      saveSettings: async ({ courseId, settings }) => ({
        newGeneration: await courses.saveSettings(this.#context(), courseId, settings),
      }),
      confirmKeys: async ({ courseId }) => {
        await confirmKeys(this.#context(), courseId)
        await this.#rooms.renew(courseId)
        return DONE
      },
      keysToConfirm: ({ courseId }) => keysToConfirm(this.#context(), courseId),
    } satisfies Partial<Handlers>
  }

  #historyVerbs() {
    return {
      courseTotals: (args) => courseTotals(this.#historyContext(), args),
      courseReadings: (args) => courseReadings(this.#historyContext(), args),
      myReadings: ({ courseId }) => myReadings(this.#context(), courseId),
      eraseReadings: async ({ courseId }) => {
        await eraseReadings({ ...this.#context(), store: this.#deps.store }, courseId)
        return DONE
      },
      historyKeys: ({ courseId }) => keys.courseKeys(this.#context(), courseId),
      handOver: async (args) => {
        await keys.handOver(this.#context(), args)
        return DONE
      },
      startAfresh: async ({ courseId }) => {
        await keys.startAfresh(this.#context(), courseId)
        return DONE
      },
    } satisfies Partial<Handlers>
  }

  #resultVerbs() {
    const deps = () => ({ http: this.#http, me: this.#door.require() })
    return {
      resultRecipients: async ({ courseId }) => ({
        recipients: await results.resultRecipients(deps(), courseId),
      }),
      submitResult: async ({ courseId, recipients, content }) => ({
        id: await results.submitResult(deps(), courseId, recipients, content),
      }),
      ownFingerprint: () => results.ownFingerprint(deps()),
      openResult: ({ id }) => results.openResult(deps(), id),
    } satisfies Partial<Handlers>
  }

  #classVerbs() {
    const rooms = this.#rooms
    return {
      prepareClass: async ({ classId }) => {
        const prepared = await rooms.prepare(classId)
        rooms.settle(classId).catch(this.report)
        return prepared
      },
      enterClass: (args) => rooms.enter(args),
      answerConsent: (args) => rooms.answerConsent(args),
      syncClock: async (args) => {
        await rooms.syncClock(args)
        return DONE
      },
      record: async ({ classId, interval, reading }) => {
        const student = await rooms.student(classId)
        return { accepted: student?.record(interval, reading) ?? false }
      },
      channelState: async (args) => {
        await rooms.channelState(args)
        return DONE
      },
      takeReceipt: async ({ classId, box }) => {
        await (await rooms.student(classId))?.takeReceipt(box)
        return DONE
      },
      takeRecord: async ({ classId, message }) => {
        await (await rooms.teacher(classId))?.takeRecord(message)
        return DONE
      },
      setPresence: async ({ classId, members }) => {
        await (await rooms.teacher(classId))?.setPresence(members)
        return DONE
      },
      setWriter: async (args) => {
        await rooms.setWriter(args)
        return DONE
      },
      takeChunk: async ({ classId }) => {
        await (await rooms.teacher(classId))?.takeChunk()
        return DONE
      },
      leaveClass: async ({ classId }) => {
        const left = await rooms.leave(classId)
        if (left) this.#support.afterClass(left.courseId, left.role)
        return DONE
      },
    } satisfies Partial<Handlers>
  }

  #context(): courses.CourseContext {
    return { http: this.#http, me: this.#door.require(), now: this.#deps.now }
  }

  #historyContext() {
    const { emit, breathe } = this.#deps
    const settle = (courseId: string): Promise<void> => this.#rooms.settleCourse(courseId)
    return { http: this.#http, me: this.#door.require(), emit, breathe, settle }
  }

  /** The session is over, by this person's wish or by web's word: the keys go from memory. */
  async #endSession(): Promise<void> {
    if (this.#told.state === 'signed-out') return
    this.#settled({ state: 'signed-out', account: null })
    await this.#rooms.leaveAll()
    this.#support.stop()
    this.#door.forget()
  }

  #settled(status: VaultStatus): VaultStatus {
    const { state, account } = this.#told
    const another = status.account?.accountId !== account?.accountId
    // What was remembered of the one who was here must not reach the one who is here now.
    if (another) {
      this.#support.stop()
      this.#swept = false
    }
    if (status.state !== state || another) {
      this.#told = status
      this.#deps.emit('state', status)
    }
    if (status.state === 'unlocked') this.#support.start()
    if (status.state === 'unlocked' && !this.#swept) {
      this.#swept = true
      this.#sweep().catch(this.report)
    }
    return status
  }

  /** Brings to web what earlier visits left on this device. */
  async #sweep(): Promise<void> {
    const { store, now } = this.#deps
    const deps = { http: this.#http, store, me: this.#door.require(), now, report: this.report }
    await sendAllLate(deps, this.#rooms.entered())
    await sendLeftChunks(deps, this.#rooms.entered())
    await this.#rooms.settleLeft()
  }
}
