/**
 * People for integration tests. Their keys and statements are random bytes of the right sizes: web
 * reads none of them.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { DEFAULT_KEY_DERIVATION } from '../../_wire/accounts.ts'
import { WireError } from '../../_wire/client.ts'
import type { ConsentTextId } from '../../_wire/consent.ts'
import { DEFAULT_COURSE_SETTINGS, type CourseSettings } from '../../_wire/settings.ts'
import type { BrowserOptions, TestBrowser, TestSchool } from './test-school.ts'

/** The code that a call is refused with; throws where it is not. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => new Error('it was not refused'),
    (error: unknown) => error,
  )
  if (error instanceof WireError) return error.code
  throw error
}

export function randomB64u(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}

function wrap<K extends string>(kind: K) {
  return { kind, kdf: DEFAULT_KEY_DERIVATION, salt: randomB64u(16), box: randomB64u(72) }
}

export interface SignUp {
  readonly name?: string
  readonly email?: string
  readonly invite?: string
  readonly setUpCode?: string
}

/** A body that `POST /api/sign-up` takes. */
export function signUpBody({ name = 'Ada', email, ...rest }: SignUp = {}) {
  return {
    name,
    email: email ?? `${randomUUID()}@school.example`,
    publicKeys: { box: randomB64u(32), sign: randomB64u(32) },
    privateBox: randomB64u(136),
    passwordWrap: wrap('password' as const),
    recoveryWrap: wrap('recovery' as const),
    passwordSecret: randomB64u(32),
    recoverySecret: randomB64u(32),
    ...rest,
  }
}

export interface Person {
  readonly id: string
  readonly browser: TestBrowser
  readonly body: ReturnType<typeof signUpBody>
}

/** Signs someone up in a browser of their own. */
export async function enter(
  school: TestSchool,
  signUp: SignUp = {},
  options: BrowserOptions = {},
): Promise<Person> {
  const browser = school.browser(options)
  const body = signUpBody(signUp)
  const { account } = await browser.call('signUp', {}, body)
  return { id: account.id, browser, body }
}

/** The first account: school admin, may teach. */
export function enterFirst(school: TestSchool): Promise<Person> {
  return enter(school, { name: 'Grace' }, { local: true })
}

export function generation(
  number: number,
  holders: readonly string[],
  consentText: ConsentTextId = 'check-ins/1',
  historyPolicy: 'totals' | 'full-history' = 'totals',
) {
  return {
    number,
    publicKey: randomB64u(32),
    consentText,
    historyPolicy,
    signed: randomB64u(300),
    boxes: holders.map((accountId) => ({ accountId, box: randomB64u(80) })),
  }
}

/** A course of this teacher; answers its id. */
export async function openCourse(teacher: Person): Promise<string> {
  const id: string = randomUUID()
  const rootGrant = randomB64u(200)
  const body = { id, name: 'Mechanics', rootGrant, generation: generation(1, [teacher.id]) }
  await teacher.browser.call('createCourse', {}, body)
  return id
}

/** Enrols by the course's invite link. */
export async function enrol(teacher: Person, courseId: string, person: Person): Promise<void> {
  const { inviteToken } = await teacher.browser.call('course', { id: courseId }, null)
  const token = inviteToken ?? ''
  await person.browser.call('joinCourse', { token }, { enrolment: randomB64u(200) })
}

export function settings(changes: Partial<CourseSettings>): CourseSettings {
  return { ...DEFAULT_COURSE_SETTINGS, ...changes }
}

export function consent(decision: 'granted' | 'withdrawn', textId: ConsentTextId = 'check-ins/1') {
  return {
    decision,
    textId,
    textHash: randomB64u(32),
    language: 'en',
    givenBy: 'self' as const,
    signed: randomB64u(200),
  }
}

export function classKey(number: number) {
  return {
    generation: number,
    publicKey: randomB64u(32),
    signed: randomB64u(250),
    privateBox: randomB64u(80),
  }
}

/** A chunk with one part for each of `present`, and content keys for `fresh`. */
export function chunk(
  writer: string,
  number: number,
  present: readonly string[],
  fresh: readonly string[] = number === 0 ? present : [],
) {
  return {
    writer,
    number,
    manifest: randomB64u(600),
    closing: false,
    parts: present.map((accountId) => ({ accountId, part: randomB64u(1064) })),
    contentKeys: fresh.map((accountId) => ({
      accountId,
      forStudent: randomB64u(80),
      forCourse: randomB64u(80),
    })),
  }
}

/** A case for these helpers; what is sealed in it is noise. */
export function supportCase(helpers: readonly string[]) {
  return {
    id: randomUUID() as string,
    courseId: null,
    studentKey: randomB64u(80),
    helpers: helpers.map((accountId) => ({
      accountId,
      key: randomB64u(80),
      share: randomB64u(160),
    })),
    message: randomB64u(1200),
    attachment: randomB64u(49_216),
  }
}
