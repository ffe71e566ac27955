/**
 * People at their browsers: each has a Chromium of its own, with a face or nothing before its camera, and does what a
 * person would do, by the names that the product promises (roles and accessible names). It must never reach into the
 * product's code: what a test cannot see or do as a person, it does not know.
 */
import {
  chromium,
  expect as patientByConfiguration,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from '@playwright/test'
import { FEW_FRAMES, webcamFile, type Face } from './faces.ts'

/** As patient in a measurement, which has no test runner's configuration, as in a test. */
const expect = patientByConfiguration.configure({ timeout: 120_000 })

/** This machine under a name that is not its own: what comes from there without HTTPS gets no devices. */
export const PLAIN_HOST = 'school.test'

/** What headless Chromium needs as root, and to stay quiet on a closed network. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1`,
  // Fewer frames than its 20 a second: every browser encodes and decodes them on the same few cores.
  '--use-fake-device-for-media-stream=fps=10',
] as const

export const PASSWORD = 'a long enough password 1'

/** One browser with one person before it. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly browser: Browser
  readonly context: BrowserContext
  readonly page: Page
  /** Every address that this browser asked for, in order. */
  readonly requests: string[]
  /** Errors that pages threw, which a test may want to be none. */
  readonly errors: string[]
  close(): Promise<void>
}

let people = 0

/**
 * Starts a browser for one person.
 * @param name shown to the class
 * @param baseURL origin of the server under test
 * @param faces what the camera shows; none leaves Chromium's moving test picture
 * @param devices frames a second of that camera, and a sound file that the microphone hears over and over (none leaves
 *   Chromium's beeps; null: there is no microphone)
 */
export async function openPerson(
  name: string,
  baseURL: string,
  faces: readonly Face[] = [],
  devices: { framesPerSecond?: number; microphone?: string | null } = {},
): Promise<Person> {
  const { framesPerSecond = FEW_FRAMES, microphone } = devices
  const camera =
    faces.length > 0
      ? [`--use-file-for-fake-video-capture=${await webcamFile(faces, 1, framesPerSecond)}`]
      : // The second of Chromium's is a depth camera, of which nothing can be sent.
        [`--use-fake-device-for-media-stream=device-count=3,fps=${String(framesPerSecond)}`]
  const sound =
    typeof microphone !== 'string' ? [] : [`--use-file-for-fake-audio-capture=${microphone}`]
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...CHROMIUM_FLAGS, ...camera, ...sound],
  })
  const context = await browser.newContext({
    baseURL,
    permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
  })
  // What a person cannot press is named by the test, and not waited for until its end.
  context.setDefaultTimeout(120_000)
  if (microphone === null) await context.addInitScript(takeMicrophonesAway)
  const page = await context.newPage()
  const requests: string[] = []
  const errors: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  page.on('websocket', (socket) => requests.push(socket.url()))
  page.on('pageerror', (error) => errors.push(error.message))
  people += 1
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${String(people)}@school.example`
  return { name, email, browser, context, page, requests, errors, close: () => browser.close() }
}

/** In the browser: what it says of a machine that has no microphone. */
export function takeMicrophonesAway(): void {
  const { mediaDevices } = navigator
  const original = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = (wanted) =>
    wanted?.audio === undefined || wanted.audio === false
      ? original(wanted)
      : Promise.reject(new DOMException('Requested device not found', 'NotFoundError'))
}

/** Fills the sign-up form that is on the page, keeps the recovery code and continues. */
export async function fillSignUp(person: Person): Promise<string> {
  const { page } = person
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(person.name)
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill(person.email)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  const code = page.getByRole('textbox', { name: 'Recovery code' })
  await expect(code).toBeVisible()
  const recoveryCode = await code.inputValue()
  await page.getByRole('button', { name: 'Continue' }).click()
  return recoveryCode
}

/** Signs up at `/sign-up` and ends on the list of courses. */
export async function signUp(person: Person): Promise<string> {
  await person.page.goto('/sign-up')
  const recoveryCode = await fillSignUp(person)
  await person.page.waitForURL('**/courses')
  return recoveryCode
}

/** Signs in with the password that {@link signUp} gave. */
export async function signIn(person: Person, password = PASSWORD): Promise<void> {
  const { page } = person
  await page.goto('/sign-in')
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill(person.email)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/courses')
}

/** Turns the school's policy on, as a school admin of a country outside the EU. */
export async function allowExpressionAnalysis(admin: Person): Promise<void> {
  const { page } = admin
  await page.goto('/admin/policy')
  await page.getByRole('switch', { name: 'Expression analysis' }).click()
  await choose(page.getByRole('combobox', { name: 'Country' }), 'Canada')
  await page.getByRole('checkbox', { name: 'I confirm that this use is lawful here' }).check()
  await page.getByRole('button', { name: 'Save policy' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
}

/** Chooses an option by its words, of a native select and of a listbox alike. */
export async function choose(combobox: Locator, option: string): Promise<void> {
  if ((await combobox.evaluate((element) => element.tagName)) === 'SELECT') {
    await combobox.selectOption({ label: option })
    return
  }
  await combobox.click()
  await combobox.page().getByRole('option', { name: option, exact: true }).click()
}

/** What a test sets of a course; the rest stays as the product has it. */
export interface CourseOptions {
  readonly readings: 'Off' | 'Check-ins' | 'Expression analysis'
  readonly intervalSeconds?: number
  readonly minimumGroup?: number
}

/**
 * Creates a course, sets its readings and answers where it is and how to join it.
 * @returns path of the course page and the invite link
 */
export async function createCourse(
  teacher: Person,
  name: string,
  options: CourseOptions,
): Promise<{ path: string; inviteLink: string }> {
  const { page } = teacher
  await page.goto('/courses')
  await page.getByRole('button', { name: 'Create course' }).first().click()
  await page.getByRole('textbox', { name: 'Course name' }).fill(name)
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.waitForURL(/\/courses\/[0-9a-f-]{36}$/)
  await page
    .getByRole('radiogroup', { name: 'Readings' })
    .getByRole('radio', { name: options.readings })
    .click()
  if (options.intervalSeconds !== undefined)
    await page
      .getByRole('spinbutton', { name: 'Interval (seconds)' })
      .fill(String(options.intervalSeconds))
  if (options.minimumGroup !== undefined)
    await page.getByRole('spinbutton', { name: 'Minimum group' }).fill(String(options.minimumGroup))
  await page.getByRole('button', { name: 'Save settings' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  const link = page.getByRole('textbox', { name: 'Invite link' })
  await expect(link).toHaveValue(/\/invite\//)
  return { path: new URL(page.url()).pathname, inviteLink: await link.inputValue() }
}

/** Opens an invitation as a new person: signs up where the page asks for it, and joins the course. */
export async function joinCourse(person: Person, inviteLink: string): Promise<void> {
  const { page } = person
  await page.goto(inviteLink)
  const join = page.getByRole('button', { name: 'Join course' })
  const toSignUp = page.getByRole('link', { name: /create (an )?account/i }).first()
  await expect(join.or(toSignUp).first()).toBeVisible()
  if (await toSignUp.isVisible()) {
    await toSignUp.click()
    await fillSignUp(person)
  }
  await join.click()
  await page.waitForURL(/\/courses\/[0-9a-f-]{36}$/)
}

/** Everybody signs up, the teacher first: the teacher's course, with the students in it. */
export async function openCourse(
  teacher: Person,
  students: readonly Person[],
  name: string,
  options: CourseOptions,
): Promise<{ path: string; inviteLink: string }> {
  await signUp(teacher)
  const course = await createCourse(teacher, name, options)
  for (const student of students) await joinCourse(student, course.inviteLink)
  return course
}

/** Starts the course's class as its teacher and enters it. */
export async function startClass(teacher: Person, coursePath: string): Promise<void> {
  const { page } = teacher
  await page.goto(coursePath)
  await page.getByRole('button', { name: 'Start class' }).click()
  await page.waitForURL(/\/class\/[0-9a-f-]{36}$/)
  await enterRoom(teacher)
}

/** Goes from the lobby into the room. */
export async function enterRoom(person: Person): Promise<void> {
  const { page } = person
  await page.getByRole('button', { name: 'Join class' }).click()
  await expect(page.getByRole('group', { name: person.name })).toBeVisible()
}

/** Follows the course page's link into the running class and answers the consent dialog where there is one. */
export async function attendClass(
  student: Person,
  coursePath: string,
  consent: 'Allow' | 'Attend without it' | null,
): Promise<void> {
  const { page } = student
  await page.goto(coursePath)
  await page.getByRole('link', { name: 'Join class' }).click()
  await page.waitForURL(/\/class\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: 'Join class' }).click()
  if (consent !== null)
    await page.getByRole('dialog').getByRole('button', { name: consent, exact: true }).click()
  await expect(page.getByRole('group', { name: student.name })).toBeVisible()
}

/** Waits until the tile of `name` on this person's page plays video: its picture has a size and its clock runs. */
export async function expectVideoOf(viewer: Person, name: string): Promise<void> {
  const video = viewer.page.getByRole('group', { name }).locator('video')
  await expect(video).toBeVisible()
  await expect
    .poll(() =>
      video.evaluate(
        (element: HTMLVideoElement) => element.videoWidth > 0 && element.currentTime > 0,
      ),
    )
    .toBe(true)
}

/** Stops the own video in the room: where a test does not look at pictures, nobody has to encode any. */
export async function stopVideo({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'Stop video' }).click()
  await expect(page.getByRole('button', { name: 'Start video' })).toBeVisible()
}
