/**
 * A school opened by its address in the house, without HTTPS: browsers give such a page no camera, no microphone and no
 * WebCrypto. A student still gets in, answers, watches and says how it goes.
 */
import {
  attendClass,
  createCourse,
  expectVideoOf,
  joinCourse,
  openPerson,
  PLAIN_HOST,
  signUp,
  startClass,
} from './support/people.ts'
import { expect, test } from './support/test.ts'

test('without HTTPS a student attends without devices', async ({ school }) => {
  const plain = school.url.replace('localhost', PLAIN_HOST)
  const teacher = await openPerson('Hanna Teacher', school.url)
  const student = await openPerson('Piet Plain', plain)
  const { page } = student
  try {
    await signUp(teacher)
    const course = await createCourse(teacher, 'Crafts 5', { readings: 'Check-ins' })
    await startClass(teacher, course.path)

    await joinCourse(student, course.inviteLink.replace('localhost', PLAIN_HOST))
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false)
    await attendClass(student, course.path, 'Allow')
    await expectVideoOf(student, teacher.name)
    await expect(teacher.page.getByRole('group', { name: student.name })).toBeVisible()
    await page.getByRole('button', { name: 'happy', exact: true }).click()
    await expect(page.getByRole('status', { name: 'My reading' })).toContainText('happy')
    expect(student.errors).toEqual([])
  } finally {
    await Promise.all([teacher, student].map((person) => person.close()))
  }
})
