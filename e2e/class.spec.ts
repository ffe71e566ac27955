/**
 * A class, end to end: people meet, expressions are read on their devices, and the teacher sees the class as a whole.
 * The pie on the teacher's screen is held against what the students' own screens say of the same interval.
 */
import { plaintextIn, sentRecords, watchRecords } from './support/records.ts'
import { glance } from './support/glance.ts'
import { heardCodecs } from './support/sound.ts'
import { expect, test } from './support/test.ts'
import {
  allowExpressionAnalysis,
  attendClass,
  createCourse,
  expectVideoOf,
  joinCourse,
  openPerson,
  signUp,
  startClass,
} from './support/people.ts'
import { moodCounts, ownReadings, watchOwnReadings } from './support/readings.ts'

test('a teacher and three students meet, and the pie agrees with what each student was read as', async ({
  school,
}) => {
  // Four browsers, each with a software video codec, share the machine.
  test.setTimeout(600_000)
  const teacher = await openPerson('Tara Teacher', school.url)
  // Students' sound is for other tests: its processing alone takes a sixth of a processor in each browser.
  const silent = { microphone: null }
  const students = await Promise.all([
    openPerson('Sam Smiling', school.url, ['smiling'], silent),
    openPerson('Cleo Cross', school.url, ['dismayed'], silent),
    openPerson('Dana Declines', school.url, ['laughing'], silent),
  ])
  const [sam, cleo, dana] = students
  const everyone = [teacher, ...students]
  try {
    await watchRecords(sam.context)
    await signUp(teacher)
    await allowExpressionAnalysis(teacher)
    const course = await createCourse(teacher, 'Physics 10', {
      readings: 'Expression analysis',
      intervalSeconds: 10,
      minimumGroup: 2,
    })
    for (const student of students) await joinCourse(student, course.inviteLink)

    await startClass(teacher, course.path)
    await attendClass(sam, course.path, 'Allow')
    await attendClass(cleo, course.path, 'Allow')
    await attendClass(dana, course.path, 'Attend without it')

    await Promise.all([watchOwnReadings(sam.page), watchOwnReadings(cleo.page)])

    for (const name of [sam.name, cleo.name, dana.name]) await expectVideoOf(teacher, name)
    await expectVideoOf(sam, teacher.name)

    let agreed = Number.NaN
    // The same interval on three screens: the teacher's pie, and both own readings.
    await expect(async () => {
      const mood = await moodCounts(teacher.page)
      expect(mood.total, 'enrolled students present').toBe(3)
      const [ofSam, ofCleo] = await Promise.all([
        ownReadings(sam.page, mood.interval),
        ownReadings(cleo.page, mood.interval),
      ])
      expect(ofSam, 'the reading of this interval is known').not.toBeNull()
      expect(ofCleo, 'the reading of this interval is known').not.toBeNull()
      const expected: Record<string, number> = { unclear: 1 }
      for (const emotion of [ofSam, ofCleo])
        if (emotion !== null) expected[emotion] = (expected[emotion] ?? 0) + 1
      expect(mood.counts).toEqual(expected)
      // Two who look alike would agree with a chart that puts everybody into one slice, too.
      expect(ofSam, 'each is read as something else').not.toBe(ofCleo)
      agreed = mood.interval
    }).toPass()

    // Engagement in words, which the teacher can do without; and how far to trust all that.
    const mood = teacher.page.getByRole('figure', { name: 'Class mood' })
    const engagement = mood.getByRole('button', { name: 'Engagement' })
    const words = mood.locator('p').filter({ hasText: /engaged \d/ })
    await expect(words).toBeAttached()
    await engagement.click()
    await expect(words).toHaveCount(0)
    await engagement.click()
    await expect(words).toBeAttached()
    await expect(mood.getByText(/^Of 3 students: /)).toBeAttached()
    await expect(mood).toContainText(/Last reading \d/)
    await expect(mood.getByRole('link', { name: 'How readings are made' })).toHaveAttribute(
      'href',
      '/model-card',
    )

    // Who turns it off is read no more, and fewer than the minimum group are not shown; on again, all is as before.
    const analysis = sam.page.getByRole('switch', { name: 'Analysis' })
    await glance(sam.page, 'a student who is read')
    await analysis.click()
    await expect(mood).toContainText('Too few to show')
    await analysis.click()
    await expect(async () => {
      expect((await moodCounts(teacher.page)).counts).toEqual(
        expect.objectContaining({ unclear: 1 }),
      )
    }).toPass()

    // Who declined loaded nothing of the analysis, and shows no reading of the own face.
    expect(dana.requests.filter((url) => new URL(url).pathname.startsWith('/models/'))).toEqual([])
    expect(sam.requests.some((url) => new URL(url).pathname.startsWith('/models/'))).toBe(true)

    // Nothing left the origin, in any browser.
    for (const person of everyone) {
      const elsewhere = person.requests.filter((url) => !isOwn(url, school.url))
      expect(elsewhere, `requests of ${person.name} to other origins`).toEqual([])
      expect(person.errors, `errors on ${person.name}'s page`).toEqual([])
    }

    // Neither database nor sfu holds or logs what was read.
    const dump: string = await school.dump()
    expect(dump).toContain('Physics 10')
    const kept = `${dump}\n${school.log()}`
    for (const word of ['happy', 'surprise', 'contempt', 'disgust', 'probabilit'])
      expect(kept.toLowerCase().includes(word), `"${word}" in the database dump or a log`).toBe(
        false,
      )
    // Nor as bytes; nor was any of it in what the media server was handed.
    const classId = new URL(teacher.page.url()).pathname.split('/').at(-1) ?? ''
    const sent = await sentRecords(sam.page)
    expect(sent.length).toBeGreaterThan(0)
    expect(plaintextIn([kept, ...sent], classId)).toEqual([])

    // A teacher's reload loses nothing: the chart comes back and goes on.
    await teacher.page.reload()
    await teacher.page.getByRole('button', { name: 'Join class' }).click()
    await expect(async () => {
      const mood = await moodCounts(teacher.page)
      expect(mood.interval, 'the interval of the chart after a reload').toBeGreaterThan(agreed)
      expect(mood.total).toBe(3)
    }).toPass()
  } finally {
    await Promise.all(everyone.map((person) => person.close()))
  }
})

test('too few clear readings show no chart, and check-ins fill it', async ({ school }) => {
  const teacher = await openPerson('Tom Teacher', school.url)
  const students = await Promise.all([
    openPerson('Ada One', school.url),
    openPerson('Ben Two', school.url),
  ])
  const [ada, ben] = students
  const heard = heardCodecs(ada.page)
  try {
    await signUp(teacher)
    const course = await createCourse(teacher, 'History 9', {
      readings: 'Check-ins',
      intervalSeconds: 5,
      minimumGroup: 2,
    })
    for (const student of students) await joinCourse(student, course.inviteLink)
    await startClass(teacher, course.path)
    await attendClass(ada, course.path, 'Allow')
    await attendClass(ben, course.path, 'Allow')

    const mood = teacher.page.getByRole('figure', { name: 'Class mood' })
    await expect(mood).toContainText('Too few to show')

    // Of the teacher and of Ben: a microphone in which nobody speaks costs next to nothing.
    await expect.poll(() => heard().length).toBeGreaterThan(1)
    for (const { mimeType, parameters } of heard()) {
      expect([mimeType, parameters]).toEqual(['audio/opus', expect.objectContaining({ usedtx: 1 })])
    }

    await expect(async () => {
      await ada.page.getByRole('button', { name: 'sad', exact: true }).click()
      await ben.page.getByRole('button', { name: 'happy', exact: true }).click()
      const { counts, total } = await moodCounts(teacher.page)
      expect(total).toBe(2)
      expect(counts).toEqual({ sad: 1, happy: 1 })
    }).toPass()
    await glance(ada.page, 'a student who checks in')
    await glance(teacher.page, 'a chart of check-ins')
    for (const person of students)
      expect(person.requests.filter((url) => new URL(url).pathname.startsWith('/models/'))).toEqual(
        [],
      )
  } finally {
    await Promise.all([teacher, ...students].map((person) => person.close()))
  }
})

/** True for an address on the server's own origin, by HTTP or WebSocket, and for what never leaves the browser. */
function isOwn(url: string, origin: string): boolean {
  const { protocol, host } = new URL(url)
  return protocol === 'blob:' || protocol === 'data:' || host === new URL(origin).host
}
