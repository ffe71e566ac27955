/**
 * Simulated people of the demo: each a headless Chromium that does what a person would do, by the
 * names on the screen. It must never reach into the product's code or database.
 */
import { type Browser, chromium, type Locator, type Page } from '@playwright/test'
import { takeMicrophonesAway } from '../../e2e/support/people.ts'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]

/** Several browsers start at once, on a machine that has just built everything. */
const PATIENCE_MS = 120_000

export interface Account {
  readonly name: string
  readonly email: string
  readonly password: string
}

export interface Person {
  readonly account: Account
  readonly browser: Browser
  readonly page: Page
}

export interface BrowserOptions {
  readonly executable: string
  readonly origin: string
}

/** Opens a browser for one person; `camera` is a Motion-JPEG file. */
export async function openPerson(
  account: Account,
  options: BrowserOptions,
  camera: string | null,
): Promise<Person> {
  const browser = await chromium.launch({
    executablePath: options.executable,
    // The signals are ours: one Ctrl-C ends service and browsers in their order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: camera === null ? FLAGS : [...FLAGS, `--use-file-for-fake-video-capture=${camera}`],
  })
  const context = await browser.newContext({
    baseURL: options.origin,
    permissions: ['camera', 'microphone'],
    // The certificate of `--https` is this machine's own.
    ignoreHTTPSErrors: true,
    viewport: { width: 960, height: 640 },
  })
  context.setDefaultTimeout(PATIENCE_MS)
  // Chromium's pretended microphone beeps each second, into the ears of whoever tries the demo.
  await context.addInitScript(takeMicrophonesAway)
  return { account, browser, page: await context.newPage() }
}

async function fillSignUp({ page, account }: Person): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(account.name)
  await page.getByRole('textbox', { name: 'Email', exact: true }).fill(account.email)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(account.password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('textbox', { name: 'Recovery code' }).waitFor()
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function choose(combobox: Locator, option: string): Promise<void> {
  if ((await combobox.evaluate((element) => element.tagName)) === 'SELECT') {
    await combobox.selectOption({ label: option })
    return
  }
  await combobox.click()
  await combobox.page().getByRole('option', { name: option, exact: true }).click()
}

async function saved(page: Page): Promise<void> {
  await page.getByRole('status').filter({ hasText: 'Saved' }).first().waitFor()
}

/** The first account: school admin and teacher. */
export async function openSchool(teacher: Person): Promise<void> {
  const { page } = teacher
  await page.goto('/sign-up')
  await fillSignUp(teacher)
  await page.waitForURL('**/courses')
  await page.goto('/admin/policy')
  await page.getByRole('switch', { name: 'Expression analysis' }).click()
  await choose(page.getByRole('combobox', { name: 'Country' }), 'Canada')
  await page.getByRole('checkbox', { name: 'I confirm that this use is lawful here' }).check()
  await page.getByRole('button', { name: 'Save policy' }).click()
  await saved(page)
}

export interface Course {
  readonly path: string
  readonly inviteLink: string
}

/** A course with expression analysis at `intervalSeconds`. */
export async function openCourse(
  { page }: Person,
  name: string,
  intervalSeconds: number,
  minimumGroup: number,
): Promise<Course> {
  await page.goto('/courses')
  await page.getByRole('button', { name: 'Create course' }).first().click()
  await page.getByRole('textbox', { name: 'Course name' }).fill(name)
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.waitForURL(/\/courses\/[0-9a-f-]{36}$/)
  const readings = page.getByRole('radiogroup', { name: 'Readings' })
  await readings.getByRole('radio', { name: 'Expression analysis' }).click()
  const interval = page.getByRole('spinbutton', { name: 'Interval (seconds)' })
  await interval.fill(String(intervalSeconds))
  await page.getByRole('spinbutton', { name: 'Minimum group' }).fill(String(minimumGroup))
  await page.getByRole('button', { name: 'Save settings' }).click()
  await saved(page)
  const link = page.getByRole('textbox', { name: 'Invite link' })
  await link.waitFor()
  return { path: new URL(page.url()).pathname, inviteLink: await link.inputValue() }
}

/** Signs up by invitation and joins the course. */
export async function enrol(student: Person, course: Course): Promise<void> {
  const { page } = student
  await page.goto(course.inviteLink)
  const join = page.getByRole('button', { name: 'Join course' })
  const toSignUp = page.getByRole('link', { name: /create (an )?account/i }).first()
  await join.or(toSignUp).first().waitFor()
  if (await toSignUp.isVisible()) {
    await toSignUp.click()
    await fillSignUp(student)
  }
  await join.click()
  await page.waitForURL(/\/courses\/[0-9a-f-]{36}$/)
}

/** Starts a class and answers its path; the teacher does not stay. */
export async function startClass({ page }: Person, course: Course): Promise<string> {
  await page.goto(course.path)
  await page.getByRole('button', { name: 'Start class' }).click()
  await page.waitForURL(/\/class\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: 'Join class' }).click()
  await leaveButton(page).waitFor()
  return new URL(page.url()).pathname
}

/** Leaves the class without ending it. */
export async function leaveClass({ page }: Person, course: Course): Promise<void> {
  await page.goto(course.path)
}

function leaveButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Leave', exact: true })
}

/** Enters the running class and allows the analysis, where the page asks. */
export async function attend({ page }: Person, course: Course): Promise<void> {
  await page.goto(course.path)
  await page.getByRole('link', { name: 'Join class' }).click()
  await page.waitForURL(/\/class\/[0-9a-f-]{36}$/)
  await page.getByRole('button', { name: 'Join class' }).click()
  const allow = page.getByRole('button', { name: 'Allow', exact: true })
  const inside = page.getByRole('status', { name: 'My reading' })
  await allow.or(inside).first().waitFor()
  if (await allow.isVisible()) await allow.click()
  await leaveButton(page).waitFor()
}

/** Whether this person is in a class that goes on. */
export function isAttending({ page }: Person): Promise<boolean> {
  return leaveButton(page).isVisible()
}
