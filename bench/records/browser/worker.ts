/**
 * A teacher's vault in a worker of a real browser: the product's own session with the browser's store, timers and locks;
 * only web is answered here, at once. It must never do less for a record than the product's worker does.
 */
import { verbArguments } from '../../../app/_vault/arguments.ts'
import { sealRecord, type RecordBody } from '../../../app/_vault/format/record.ts'
import { createHttp } from '../../../app/_vault/http.ts'
import { AccountKeys } from '../../../app/_vault/keys/account-keys.ts'
import { Roster } from '../../../app/_vault/roster/roster.ts'
import { sodium, sodiumReady } from '../../../app/_vault/sodium.ts'
import { fromB64u } from '../../../app/_vault/format/bytes.ts'
import { VaultStore } from '../../../app/_vault/store.ts'
import { openTeacherSession } from '../../../app/_vault/teacher/open-class.ts'
import type { TeacherSession } from '../../../app/_vault/teacher/session.ts'
import { ClassClock } from '../../../app/_vault/timing.ts'
import { rosterAnswer } from '../../../app/_wire/courses.ts'
import type { FromWorker, Setup, ToWorker } from './messages.ts'

/** The part of a worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
  postMessage(message: FromWorker): void
}

const scope: WorkerScope = self
let session: TeacherSession | null = null
let classId = ''

/** Web, as far as a running class asks it: nothing was stored before, and everything is taken. */
function webOf(roster: unknown): typeof fetch {
  let version = 0
  let box: string | null = null
  return (input, init = {}) => {
    if (typeof input !== 'string') throw new TypeError('a path')
    const { pathname } = new URL(input, 'http://localhost')
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
    const answer = (): unknown => {
      if (pathname.endsWith('/roster')) return roster
      if (pathname.includes('/boxes/')) {
        if (init.method !== 'PUT') return { version, box }
        box = String(Reflect.get(Object(body), 'box'))
        return { version: ++version }
      }
      if (pathname.endsWith('/late-records')) return { records: [] }
      if (init.method === 'POST') return { created: true }
      return { chunks: [], contentKeys: [], next: null }
    }
    return Promise.resolve(Response.json(answer()))
  }
}

async function begin(setup: Setup, startedAt: number): Promise<void> {
  await sodiumReady()
  const bytes = fromB64u
  const roster = new Roster(rosterAnswer.parse(setup.roster), bytes(setup.root))
  const [generation] = [roster.newestGeneration()]
  if (generation === undefined) throw new Error('no generation')
  const keys = AccountKeys.open(bytes(setup.accountKey), bytes(setup.privateBox), {
    sign: bytes(setup.publicSign),
    box: bytes(setup.publicBox),
  })
  classId = setup.classId
  const teacher = setup.members.find(({ role }) => role === 'teacher')
  const clock = new ClassClock(startedAt, setup.intervalSeconds, Date.now)
  const secret = { publicKey: generation.publicKey, secret: bytes(setup.courseSecret) }
  session = openTeacherSession(
    {
      http: createHttp(webOf(setup.roster), () => undefined),
      store: await VaultStore.open(crypto.randomUUID()),
      me: { account: { accountId: setup.accountId, name: '', email: '' }, keys },
      emit: (event, data) => {
        scope.postMessage({ kind: 'event', event, at: Date.now(), data })
      },
      timers: {
        after: (ms, run) => {
          const handle = setTimeout(run, ms)
          return () => {
            clearTimeout(handle)
          }
        },
      },
      locks: navigator.locks,
      persisted: () => Promise.resolve(false),
      report: (error) => {
        scope.postMessage({ kind: 'failed', why: String(error) })
      },
      now: Date.now,
    },
    {
      classId,
      memberId: teacher?.memberId ?? '',
      roster,
      generation,
      classPublicKey: bytes(setup.classPublicKey),
      classPrivateKey: bytes(setup.classPrivateKey),
      courseSecret: () => secret,
      clock,
      minimumGroup: 2,
    },
  )
  await session.start()
  await session.setPresence(setup.members)
  session.setWriter(teacher?.memberId ?? null)
  scope.postMessage({ kind: 'begun' })
}

async function take(id: number, message: Uint8Array): Promise<void> {
  const parsed = verbArguments.takeRecord.parse({ classId, message })
  await session?.takeRecord(parsed.message)
  scope.postMessage({ kind: 'taken', id })
}

/** A student's part: sign, pad, seal. */
async function seal(count: number): Promise<void> {
  await sodiumReady()
  const signer = sodium.crypto_sign_keypair()
  const cls = sodium.crypto_box_keypair()
  const body: RecordBody = {
    kind: 'expression',
    classId: crypto.randomUUID(),
    stream: sodium.randombytes_buf(16),
    sequence: 0,
    interval: 0,
    signer: sodium.randombytes_buf(8),
    probabilities: [0.3, 0.7, 0, 0, 0, 0, 0, 0],
    engagement: 1,
    behaviour: 0,
    quality: 0,
    confidence: 0.7,
  }
  const began = performance.now()
  for (let sequence = 0; sequence < count; sequence++)
    sealRecord({ ...body, sequence }, signer.privateKey, cls.publicKey)
  scope.postMessage({ kind: 'sealed', seconds: (performance.now() - began) / 1000 })
}

async function obey(order: ToWorker): Promise<void> {
  if (order.kind === 'begin') await begin(order.setup, order.startedAt)
  else if (order.kind === 'record') await take(order.id, order.message)
  else await seal(order.count)
}

scope.onmessage = ({ data }) => {
  obey(data).catch((error: unknown) => {
    scope.postMessage({ kind: 'failed', why: String(error) })
  })
}
