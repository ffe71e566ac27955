/**
 * `npm run demo`: the service on a throw-away database, a demo school with expression analysis on,
 * and three simulated students whose cameras show faces, so that one person alone sees the chart
 * move. It is all on this machine, whatever the environment is set to, and gone when it ends.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Face, webcamFile } from '../e2e/support/faces.ts'
import {
  type Account,
  attend,
  type BrowserOptions,
  type Course,
  enrol,
  isAttending,
  leaveClass,
  openCourse,
  openPerson,
  openSchool,
  type Person,
  startClass,
} from './demo/driver.ts'
import { createService } from './service.ts'
import { ensureBrowser } from './setup/browser.ts'
import { demoEnvironment } from './setup/demo-environment.mjs'
import { createProgress, type Progress } from './setup/progress.ts'
import { readSettings, SettingsError } from './setup/settings.mjs'
import { messageOf, SetupError } from './setup/setup-error.ts'
import { onEndOfRun } from './supervisor/end-of-run.ts'

const INTERVAL_SECONDS = 5
const MINIMUM_GROUP = 2
/** How long each camera shows one face. */
const FACE_SECONDS = 10
const WATCH_MS = 5_000

const STUDENTS: readonly { readonly name: string; readonly faces: readonly Face[] }[] = [
  { name: 'Ada', faces: ['smiling', 'calm', 'frowning'] },
  { name: 'Ben', faces: ['calm', 'laughing'] },
  { name: 'Chi', faces: ['frowning', 'friendly', 'smiling', 'calm'] },
]

function account(name: string): Account {
  const password = randomBytes(9).toString('base64url')
  return { name, email: `${name.toLowerCase()}@demo.example`, password }
}

const folder = mkdtempSync(join(tmpdir(), 'attune-demo-'))
chmodSync(folder, 0o711)
const env = demoEnvironment(process.env)
const settings = { ...readSettings(process.argv.slice(2), env), dataFolder: folder }
const progress = createProgress()
const people: Person[] = []
const cameras: string[] = []
const said: string[] = []

const service = createService({
  settings,
  env,
  progress,
  // The demo's screen is for the person; what the processes say matters when something fails.
  onLine: (line) => {
    said.push(line)
    if (said.length > 200) said.shift()
  },
})

async function end(): Promise<void> {
  await Promise.allSettled(people.map(({ browser }) => browser.close()))
  await service.stop()
  for (const camera of cameras) rmSync(dirname(camera), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
}

const run = onEndOfRun(end)

async function open(name: string, options: BrowserOptions, camera: string | null): Promise<Person> {
  const person = await openPerson(account(name), options, camera)
  people.push(person)
  return person
}

/** The school, the course and everyone in it, and its first class, which nobody attends yet. */
async function populate(
  options: BrowserOptions,
  report: Progress,
): Promise<{ teacher: Person; students: Person[]; course: Course; path: string }> {
  const step = report.step('Opening the demo school')
  const [teacher, ...students] = await Promise.all([
    open('Teacher', options, null),
    ...STUDENTS.map(({ name }, at) => open(name, options, cameras[at] ?? null)),
  ])
  await openSchool(teacher)
  const course = await openCourse(teacher, 'Demo course', INTERVAL_SECONDS, MINIMUM_GROUP)
  step.update('students join')
  const [path] = await Promise.all([
    startClass(teacher, course),
    ...students.map((student) => enrol(student, course)),
  ])
  step.done()
  return { teacher, students, course, path }
}

/** Every student enters the class that the teacher started, who leaves it to the visitor. */
async function fill(teacher: Person, students: Person[], course: Course): Promise<void> {
  const step = progress.step('Starting the class')
  await Promise.all(students.map((student) => attend(student, course)))
  await leaveClass(teacher, course)
  step.done()
}

function announce(teacher: Person, url: string): void {
  const { email, password } = teacher.account
  console.log(`
The class is on: three simulated students, a reading every ${String(INTERVAL_SECONDS)} seconds.

  Open      ${url}
  Email     ${email}
  Password  ${password}

Sign in as the teacher and press "Join class"; the chart "Class mood" moves with the students' faces.
Ctrl-C ends the demo and deletes all of it.
`)
}

/** Starts a class anew when one ended, for a person who comes late or ends it to try that. */
async function keepClassOn(teacher: Person, students: Person[], course: Course): Promise<void> {
  for (;;) {
    await teacher.page.waitForTimeout(WATCH_MS)
    const attending = await Promise.all(students.map(isAttending))
    if (attending.includes(true)) continue
    const path = await startClass(teacher, course)
    await fill(teacher, students, course)
    announce(teacher, new URL(path, settings.publicUrl).href)
  }
}

try {
  const executable = await ensureBrowser({ mayInstall: settings.systemPackages }, progress)
  cameras.push(...(await Promise.all(STUDENTS.map(({ faces }) => webcamFile(faces, FACE_SECONDS)))))
  const { publicUrl } = await service.start()
  console.log(`Attune serves at ${publicUrl}`)
  const options = { executable, origin: publicUrl }
  const { teacher, students, course, path } = await populate(options, progress)
  await fill(teacher, students, course)
  announce(teacher, new URL(path, publicUrl).href)
  await keepClassOn(teacher, students, course)
} catch (error) {
  if (!run.ending) {
    const known = error instanceof SetupError || error instanceof SettingsError
    if (!known) console.error(said.join('\n'))
    console.error(`attune: ${messageOf(error)}`)
    await end()
    process.exit(1)
  }
}
