/**
 * The pages of histories and support in all their states, looked at in both appearances and three widths: a course whose
 * classes were held by the product's own vaults, then its teacher, a student and a helper at real browsers; and the
 * assistant against a small endpoint that speaks the same protocol.
 */
import { ChatEndpoint, end, say } from '../app/_server/testing/chat-endpoint.ts'
import type { EmotionName } from '../app/_vault/verbs.ts'
import { CoursePlay, PLAY_PASSWORD, type Player } from './support/course-play.ts'
import { look } from './support/look.ts'
import { openPerson, signIn, type Person } from './support/people.ts'
import { expect, test, type School } from './support/test.ts'

const endpoint = new ChatEndpoint()

test.beforeAll(async () => {
  await endpoint.open()
  process.env['SUPPORT_CHAT_URL'] = endpoint.url
  process.env['SUPPORT_CHAT_MODEL'] = 'listener-1'
})
test.afterAll(() => {
  endpoint.close()
  delete process.env['SUPPORT_CHAT_URL']
  delete process.env['SUPPORT_CHAT_MODEL']
})

const CALM: (EmotionName | null)[] = ['happy', 'neutral', null]
const row = (first: EmotionName, second: EmotionName): (EmotionName | null)[] => [
  first,
  second,
  null,
]

async function sitDown(school: School, player: Player): Promise<Person> {
  const person = { ...(await openPerson(player.name, school.url)), email: player.email }
  await signIn(person, PLAY_PASSWORD)
  return person
}

test('histories and support look calm in every state', async ({ school }) => {
  test.setTimeout(420_000)
  const play = await CoursePlay.open(school.url)
  const grace = await play.signUp('Grace Teacher')
  const hedy = await play.signUp('Hedy Helper')
  const students = [
    await play.signUp('Ada Student'),
    await play.signUp('Bob Student'),
    await play.signUp('Cleo Student'),
  ]
  await play.openCourse(grace, 'Mechanics', { intervalSeconds: 120 })
  await play.enrol(grace, hedy, 'teacher')
  for (const student of students) await play.enrol(grace, student)
  const people: Person[] = []
  const at = async (player: Player): Promise<Person> => {
    const person = await sitDown(school, player)
    people.push(person)
    return person
  }
  const course = `/courses/${play.courseId}`
  try {
    const teacher = await at(grace)
    const { page } = teacher
    const charts = page.getByRole('img', { name: 'Mood by class' })

    await test.step('a course without a class', async () => {
      await page.goto(course)
      await expect(page.getByText('No totals yet')).toBeVisible()
      await expect(page.getByRole('region', { name: 'Keys of the history' })).toContainText('Hedy')
      await look(page, 'course-empty')
    })

    await test.step('after one class, then after many', async () => {
      await play.hold(grace, students, [
        CALM,
        row('sad', 'sad'),
        row('fear', 'sad'),
        row('sad', 'anger'),
        CALM,
      ])
      await page.goto(course)
      await expect(charts).toBeVisible()
      await look(page, 'course-one')
      for (let n = 0; n < 3; n++) await play.hold(grace, students, [CALM, row('surprise', 'happy')])
      const hard = Array.from({ length: 10 }, (_, n) =>
        row('sad', n % 2 === 0 ? 'happy' : 'neutral'),
      )
      await play.hold(grace, students, hard)
      await page.goto(course)
      await expect(charts).toBeVisible()
      await page.getByText('Show as a table').first().click()
      await look(page, 'course-many')
    })

    await test.step('what was missing is named', async () => {
      await page.route('**/chunks?*', async (route) => {
        const response = await route.fetch()
        const body = (await response.json()) as { chunks: unknown[] }
        body.chunks.splice(0, 1)
        await route.fulfill({ response, json: body })
      })
      await page.route('**/chunks', async (route) => {
        const response = await route.fetch()
        const body = (await response.json()) as { chunks: unknown[] }
        body.chunks.splice(0, 1)
        await route.fulfill({ response, json: body })
      })
      await page.goto(course)
      await expect(page.getByText('Some of this history cannot be used')).toBeVisible()
      await look(page, 'course-faults')
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      await page.goto(course)
      await page.getByRole('button', { name: 'Leave course' }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await look(page, 'course-leave')
    })

    await test.step('the directory, empty and filled', async () => {
      await page.goto('/support/directory')
      await expect(page.getByText('Your school has not listed anyone yet')).toBeVisible()
      await look(page, 'directory-empty')
      await page.goto('/admin/directory')
      await expect(page.getByText('How to begin')).toBeVisible()
      await look(page, 'admin-directory-empty')
      const about = {
        languages: ['en', 'de'],
        topics: ['school', 'anxiety'],
        email: '',
        website: '',
        hours: 'Day and night',
      }
      await grace.visitor.call(
        'saveDirectory',
        {},
        {
          replaces: 0,
          entries: [
            {
              ...about,
              name: 'A line of this test',
              kind: 'help-line',
              country: '',
              phone: '000 000',
              about: 'Someone listens, whatever it is.',
            },
            {
              ...about,
              name: 'A practice of this test',
              kind: 'psychologist',
              country: 'CA',
              phone: '',
              email: 'practice@school.example',
              website: 'https://practice.example/',
              about: 'By appointment.',
            },
          ],
        },
      )
      await grace.visitor.call('saveStaff', {}, { accountId: hedy.id, trusted: true })
      await page.goto('/support/directory')
      await expect(page.getByText('A practice of this test')).toBeVisible()
      await look(page, 'directory')
      await page.goto('/admin/directory')
      await expect(page.getByText('A practice of this test')).toBeVisible()
      await look(page, 'admin-directory')
    })

    const student = await at(students[0] ?? grace)
    const own = student.page

    await test.step('a message, own readings, and someone to write to', async () => {
      await expect(own.getByRole('article', { name: 'A message for you' })).toBeVisible()
      await look(own, 'message')
      await own.getByRole('button', { name: 'Yes, I would like that' }).click()
      await own.waitForURL('**/support')
      await expect(own.getByText('You have not shared anything')).toBeVisible()
      await look(own, 'support')
      await own.goto('/account')
      await expect(own.getByRole('table', { name: 'My readings' })).toBeVisible()
      await look(own, 'account')
      await own.goto(course)
      await expect(own.getByRole('heading', { name: 'Mechanics' })).toBeVisible()
      await look(own, 'course-student')
      await own.goto('/support/new')
      await own.getByRole('checkbox', { name: 'Hedy Helper' }).check()
      await own
        .getByRole('textbox', { name: 'Your message' })
        .fill('Lessons are hard just now. Could we talk?')
      await own.getByRole('radio', { name: 'A summary of my readings' }).click()
      await own.getByRole('switch', { name: 'I would like to meet' }).click()
      await own.getByLabel('When').fill('2026-12-01T10:00')
      await look(own, 'case-new')
      await own.getByRole('button', { name: 'Send' }).click()
      await own.waitForURL(/\/support\/cases\/[0-9a-f-]{36}$/)
      await expect(own.getByText('Could we talk?')).toBeVisible()
    })

    await test.step('a helper’s cases, and one of them', async () => {
      const helper = await at(hedy)
      await helper.page.goto('/support')
      await expect(helper.page.getByRole('link', { name: /From Ada/ })).toBeVisible()
      await look(helper.page, 'inbox')
      await helper.page.getByRole('link', { name: /From Ada/ }).click()
      await expect(helper.page.getByText('Could we talk?')).toBeVisible()
      await helper.page
        .getByRole('textbox', { name: 'Write a message' })
        .fill('Gladly. Tomorrow after the second lesson?')
      await helper.page.getByRole('button', { name: 'Send' }).click()
      await helper.page.getByRole('textbox', { name: 'Write a note' }).fill('Ask how the move went')
      await helper.page.getByRole('button', { name: 'Keep note' }).click()
      await expect(helper.page.getByText('Ask how the move went')).toBeVisible()
      await look(helper.page, 'case-helper')
      // The student's page shows the answer by itself; a helper is asked first.
      await expect(own.getByText('Tomorrow after the second lesson?')).toBeVisible()
      await look(own, 'case-student')
      await own.getByRole('textbox', { name: 'Write a message' }).fill('Yes, please.')
      await own.getByRole('button', { name: 'Send' }).click()
      const again = helper.page.getByRole('button', { name: 'Open it again to read' })
      await again.click()
      await expect(helper.page.getByText('Yes, please.')).toBeVisible()
      await expect(again).toHaveCount(0)
      await page.goto('/admin/cases')
      await expect(page.getByText('Ada Student').first()).toBeVisible()
      await look(page, 'admin-cases')
      await own.getByRole('button', { name: 'Take it back' }).click()
      await look(own, 'case-withdraw')
      await own.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
      await expect(own.getByText('Nothing can be read here any more.')).toBeVisible()
      await look(own, 'case-withdrawn')
    })

    await test.step('the assistant: writing, stopped, failing, giving way to people', async () => {
      await own.goto('/support/assistant')
      await expect(own.getByText('This is a machine')).toBeVisible()
      await look(own, 'assistant')
      const ask = async (text: string): Promise<void> => {
        await own.getByRole('textbox', { name: 'Your message' }).fill(text)
        await own.getByRole('button', { name: 'Send' }).click()
      }
      endpoint.answer = (response) => {
        say(response, ['That sounds tiring. ', 'What would help you most this week?'])
      }
      await ask('I am tired of everything at school.')
      await expect(own.getByText('What would help you most this week?')).toBeVisible()
      await look(own, 'assistant-writing')
      await own.getByRole('button', { name: 'Stop' }).click()
      await expect(own.getByText('Stopped.')).toBeVisible()
      endpoint.answer = (response) => {
        response.writeHead(500)
        response.end()
      }
      await ask('Are you there?')
      await expect(own.getByText('The assistant does not answer now.')).toBeVisible()
      await look(own, 'assistant-failed')
      const asked = endpoint.asked.length
      endpoint.answer = (response) => {
        say(response, ['never'])
        end(response)
      }
      await ask('I want to die')
      await expect(own.getByText('People can help you right now')).toBeVisible()
      await expect(own.getByText('A line of this test')).toBeVisible()
      expect(endpoint.asked).toHaveLength(asked)
      await look(own, 'assistant-crisis')
    })
    for (const person of people) expect(person.errors).toEqual([])
  } finally {
    await Promise.all(people.map((person) => person.close()))
  }
})
