/**
 * Support, end to end: a course of five classes with simulated time, played by the product's own vaults on real sealed
 * records; then real browsers. One of three students crosses the rule: only that student's device says so, the student
 * consents and shares a case, and the course admin opens and closes it. The database is looked at on the way.
 */
import { CoursePlay, PLAY_PASSWORD } from './support/course-play.ts'
import { openPerson, signIn, type Person } from './support/people.ts'
import { expect, test } from './support/test.ts'
import { EMOTIONS as EMOTIONS_IN_ORDER } from '../app/_wire/emotions.ts'
import type { ClassHistory } from '../app/_vault/history/verbs.ts'
import type { EmotionName } from '../app/_vault/verbs.ts'

const EMOTIONS: readonly EmotionName[] = [
  'happy',
  'sad',
  'surprise',
  'fear',
  'disgust',
  'anger',
  'contempt',
]
const WORDS = 'I have not been myself since the move'

/** Words stand by themselves: letters that happen to follow one another in a key say nothing. */
function expectNone(dump: string, words: readonly string[]): void {
  for (const word of words) expect(dump).not.toMatch(new RegExp(`\\b${word}\\b`, 'i'))
}

/** No reading in words, and as many rows about one student as about any other. */
function expectNoHint(dump: string, students: readonly string[]): void {
  expectNone(dump, [...EMOTIONS, 'flag', 'flagged', WORDS])
  const rows = students.map((id) => dump.split('\n').filter((line) => line.includes(id)).length)
  expect(new Set(rows).size, `rows by student: ${rows.join(', ')}`).toBe(1)
}

/** The shares of each emotion over a class, as the course page writes them. */
function sharesOf(cls: ClassHistory | undefined): string[] {
  const counts = Object.fromEntries(EMOTIONS_IN_ORDER.map((name) => [name, 0]))
  for (const interval of cls?.intervals ?? []) {
    for (const name of EMOTIONS_IN_ORDER)
      counts[name] = (counts[name] ?? 0) + (interval.counts?.[name] ?? 0)
  }
  const sum = Object.values(counts).reduce((a, b) => a + b, 0)
  return Object.values(counts).map((count) => `${String(Math.round((100 * count) / sum))} %`)
}

/** What a page asked of the server, without ids. */
function asked(person: Person): string[] {
  const paths = person.requests
    .map((url) => new URL(url))
    .filter(({ pathname }) => pathname.startsWith('/api/account'))
    .map(({ pathname }) => pathname.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID'))
  return [...new Set(paths)].sort()
}

test('only the student who was low hears of it, chooses to talk, and is helped', async ({
  school,
}) => {
  test.setTimeout(300_000)
  const play = await CoursePlay.open(school.url)
  const teacher = await play.signUp('Grace')
  const helper = await play.signUp('Hedy')
  const players = [await play.signUp('Ada'), await play.signUp('Bob'), await play.signUp('Cleo')]
  const ids = players.map(({ id }) => id)
  await play.openCourse(teacher, 'Mechanics')
  await play.enrol(teacher, helper, 'course-admin')
  for (const player of players) await play.enrol(teacher, player)

  await test.step('five classes, the last of which is hard for one student', async () => {
    for (let at = 0; at < 4; at++) await play.hold(teacher, players, [['happy', 'happy', null]])
    expectNoHint(await school.dump(), ids)
    const hard: (EmotionName | null)[][] = Array.from({ length: 10 }, (_, at) => [
      at % 2 === 0 ? 'sad' : 'fear',
      'happy',
      null,
    ])
    await play.hold(teacher, players, hard)
    expectNoHint(await school.dump(), ids)
  })

  const browsers = await Promise.all(players.map(({ name }) => openPerson(name, school.url)))
  const staff = await openPerson('Hedy', school.url)
  const elsewhere = await openPerson('Grace', school.url)
  try {
    const [ada, bob, cleo] = browsers
    if (!ada || !bob || !cleo) throw new TypeError('three browsers')
    const message = (person: Person) =>
      person.page.getByRole('article', { name: 'A message for you' })

    await test.step('the teacher’s second browser, with an empty profile, sees the same history', async () => {
      const { page } = elsewhere
      await signIn({ ...elsewhere, email: teacher.email }, PLAY_PASSWORD)
      await page.goto(`/courses/${play.courseId}`)
      await expect(page.getByRole('img', { name: 'Mood by class' })).toBeVisible()
      await page.getByText('Show as a table').first().click()
      const rows = page.getByRole('table', { name: 'Mood by class' }).getByRole('row')
      const there = await teacher.tab.call('courseTotals', { courseId: play.courseId })
      expect(there.classes).toHaveLength(5)
      // The heading, and a line for each class, oldest first; the last is the hard one.
      await expect(rows).toHaveCount(6)
      await expect(rows.nth(1)).toContainText('100 %')
      const shares = await rows.nth(5).innerText()
      expect(shares.match(/\d+ %/g)).toEqual(sharesOf(there.classes[0]))
    })

    await test.step('one device shows a message, and none differs on the wire', async () => {
      for (const [at, person] of browsers.entries()) {
        const written = person.page.waitForResponse(
          (response) =>
            response.url().endsWith('/boxes/support') && response.request().method() === 'PUT',
        )
        await signIn({ ...person, email: players[at]?.email ?? '' }, PLAY_PASSWORD)
        await written
      }
      await expect(message(ada)).toBeVisible()
      await expect(message(bob)).toHaveCount(0)
      await expect(message(cleo)).toHaveCount(0)
      for (const other of [bob, cleo]) {
        // The page's own first requests may still be on their way.
        await expect(() => {
          expect(asked(other)).toEqual(asked(ada))
        }).toPass()
      }
      expectNoHint(await school.dump(), ids)
    })

    await test.step('the student consents and shares a case with a summary', async () => {
      const before = ada.requests.length
      await message(ada).getByRole('button', { name: 'Yes, I would like that' }).click()
      await ada.page.waitForURL('**/support')
      await expect(message(ada)).toHaveCount(0)
      expect(ada.requests.slice(before).filter((url) => url.includes('/boxes/'))).toEqual([])
      await ada.page.getByRole('link', { name: 'Write to someone' }).click()
      await ada.page.getByRole('checkbox', { name: 'Hedy' }).check()
      await ada.page.getByRole('textbox', { name: 'Your message' }).fill(WORDS)
      await ada.page.getByRole('radio', { name: 'A summary of my readings' }).click()
      await ada.page.getByRole('button', { name: 'Send' }).click()
      await ada.page.waitForURL(/\/support\/cases\/[0-9a-f-]{36}$/)
      await expect(ada.page.getByText(WORDS)).toBeVisible()
      const dump = await school.dump()
      expectNone(dump, [...EMOTIONS, WORDS])
    })

    await test.step('the course admin opens and closes it, and the student sees who did', async () => {
      const { page } = staff
      await signIn({ ...staff, email: helper.email }, PLAY_PASSWORD)
      await page.goto('/support')
      await page.getByRole('link', { name: /From Ada/ }).click()
      await expect(page.getByText(WORDS)).toBeVisible()
      await expect(page.getByText('sad 5')).toBeVisible()
      await page.getByRole('textbox', { name: 'Write a note' }).fill('Ask about the move')
      await page.getByRole('button', { name: 'Keep note' }).click()
      await expect(page.getByText('Ask about the move')).toBeVisible()
      await page.getByRole('button', { name: 'Close the case' }).click()
      await expect(page.getByRole('button', { name: 'Open it again' })).toBeVisible()
      await ada.page.reload()
      await expect(ada.page.getByText('It was closed.')).toBeVisible()
      await expect(ada.page.getByRole('region', { name: 'Who opened it' })).toContainText('Hedy')
      await expect(ada.page.getByText('Ask about the move')).toHaveCount(0)
      const dump = await school.dump()
      expectNone(dump, [...EMOTIONS, WORDS, 'Ask about'])
    })
    for (const person of [...browsers, staff, elsewhere]) expect(person.errors).toEqual([])
  } finally {
    await Promise.all([...browsers, staff, elsewhere].map((person) => person.close()))
  }
})
