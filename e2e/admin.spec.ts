/**
 * The desk's part about people as a school admin meets it: an import with a row that is wrong, an invitation that
 * becomes an account, rights, age and consent, a way back in, a suspension that ends a session at once, what is handed
 * out and what is erased.
 */
import { readFile } from 'node:fs/promises'
import { glance } from './support/glance.ts'
import { choose, createCourse, fillSignUp, openPerson, signUp } from './support/people.ts'
import { expect, test } from './support/test.ts'

const { step } = test

test('people come, get rights, are suspended and erased', async ({ school }) => {
  test.setTimeout(240_000)
  const admin = await openPerson('Ada Admin', school.url)
  const nora = await openPerson('Nora New', school.url)
  const { page } = admin
  const saved = page.getByRole('status').filter({ hasText: 'Saved' })
  const line = page.getByRole('link', { name: 'Nora New' })
  try {
    await signUp(admin)
    await glance(page, 'admin-courses-none')
    await page.goto('/admin')
    await expect(page.getByRole('img', { name: /People, week by week/ })).toBeVisible()
    await glance(page, 'admin-people-alone')
    const course = await createCourse(admin, 'Physics 10', { readings: 'Check-ins' })

    let link = ''
    await step('an import says what is wrong before anything happens', async () => {
      await page.goto('/admin/invitations')
      await glance(page, 'admin-invitations-empty')
      await page.goto('/admin/import')
      await glance(page, 'admin-import-empty')
      const csv = [
        'name,email,may teach,age group,course',
        `Nora New,${nora.email},no,13-15,${course.inviteLink}`,
        'Nobody,not an address,,,',
      ].join('\n')
      const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
      await page.getByLabel('Choose a CSV file').setInputFiles(file)
      await expect(page.getByText('This is not an e-mail address.')).toBeVisible()
      await expect(page.getByRole('alert').filter({ hasText: '1 person to invite' })).toBeVisible()
      await glance(page, 'admin-import-preview')
      await page.getByRole('button', { name: 'Import 1 row' }).click()
      const done = page.getByRole('alert').filter({ hasText: '1 person was invited' })
      await expect(done).toBeVisible()
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download the links' }).click()
      const links = await readFile(await (await download).path(), 'utf8')
      link = /http[^",]+\/welcome\/[\w-]+/.exec(links)?.[0] ?? ''
    })

    await step('one person is invited by a link', async () => {
      await page.goto('/admin/invitations')
      await expect(page.getByRole('table', { name: 'Invitations' })).toContainText('Nora New')
      await page.getByRole('button', { name: 'Invite' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name', { exact: true }).fill('Otto Other')
      await glance(page, 'admin-invite')
      await dialog.getByRole('button', { name: 'Make the link' }).click()
      await expect(dialog.getByLabel('Invitation link')).toHaveValue(/\/welcome\//)
      await dialog.getByRole('button', { name: 'Done' }).click()
      await expect(page.getByRole('row', { name: /Otto Other/ })).toContainText('Open')
      await page.getByRole('button', { name: 'Withdraw the invitation of Otto Other' }).click()
      await expect(page.getByRole('row', { name: /Otto Other/ })).toContainText('Withdrawn')
      await glance(page, 'admin-invitations')
      const rows = page.getByRole('table', { name: 'Invitations' }).locator('tbody tr')
      await expect(rows).toHaveCount(2)
      await page.getByRole('button', { name: 'Whom' }).click()
      await expect(rows.first()).toContainText('Nora New')
      await choose(page.getByRole('combobox', { name: 'State' }), 'Withdrawn')
      await expect(rows).toHaveCount(1)
      await expect(rows.first()).toContainText('Otto Other')
    })

    await step('the invited person makes the account and joins by an own signature', async () => {
      await nora.page.goto(link)
      await expect(nora.page.getByText(nora.email)).toBeVisible()
      await glance(nora.page, 'welcome')
      await nora.page.getByRole('link', { name: 'Create account' }).click()
      await fillSignUp(nora)
      await nora.page.getByRole('button', { name: 'Join Physics 10' }).click()
      await expect(nora.page.getByRole('link', { name: /Physics 10/ })).toBeVisible()
    })

    await step(
      'the list searches, filters and sorts; a right is given with one click',
      async () => {
        await page.goto('/admin')
        await expect(page.getByText('2 found')).toBeVisible()
        await glance(page, 'admin-people')
        await choose(page.getByRole('combobox', { name: 'Sort' }), 'Sort by Email')
        await choose(page.getByRole('combobox', { name: 'Show' }), 'Teachers')
        await expect(page.getByText('1 found')).toBeVisible()
        await choose(page.getByRole('combobox', { name: 'Show' }), 'Everyone')
        await page.getByRole('searchbox', { name: 'Search names and addresses' }).fill('nobody')
        await expect(line).toHaveCount(0)
        await glance(page, 'admin-people-none')
        await page.getByRole('searchbox', { name: 'Search names and addresses' }).fill('nora')
        await expect(page.getByText('1 found')).toBeVisible()
        await page.getByRole('checkbox', { name: 'Nora New: May teach' }).click()
        await expect(saved).toBeVisible()
        await nora.page.goto('/account')
        await expect(nora.page.getByRole('table', { name: 'Events' })).toContainText(
          'Rights changed',
        )
      },
    )

    await step('a person’s page: age group, consents, a code to begin anew', async () => {
      await line.click()
      const age = page.getByRole('combobox', { name: 'Age group' })
      await expect(age).toHaveValue('13-15')
      await choose(age, '16 or 17')
      await expect(saved).toBeVisible()
      await page.getByRole('button', { name: 'Look up the consents' }).click()
      await expect(page.getByText('This person was not asked yet')).toBeVisible()
      await page.getByRole('button', { name: 'Issue a reset code' }).click()
      await expect(page.getByRole('textbox', { name: 'Reset code' })).toHaveValue(/\w{4}/)
      await glance(page, 'admin-person')
      await nora.page.reload()
      const events = nora.page.getByRole('table', { name: 'Events' })
      await expect(events).toContainText('Consents looked up')
      await expect(events).toContainText('Reset code issued')
    })

    await step('what the server holds of someone is handed out as a file', async () => {
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Export what the server holds' }).click()
      const data = await readFile(await (await download).path(), 'utf8')
      expect(JSON.parse(data)).toMatchObject({ account: { name: 'Nora New', email: nora.email } })
    })

    await step('who is suspended is out at once, everywhere', async () => {
      await page.getByRole('switch', { name: 'Suspended' }).click()
      await expect(saved).toBeVisible()
      await nora.page.goto('/courses')
      await expect(nora.page.getByRole('button', { name: 'Sign in' }).first()).toBeVisible()
    })

    await step('an account is erased after its address is typed', async () => {
      await page.getByRole('button', { name: 'Erase this account' }).click()
      const dialog = page.getByRole('dialog')
      const erase = dialog.getByRole('button', { name: 'Erase', exact: true })
      await expect(erase).toBeDisabled()
      await dialog.getByRole('textbox').fill(nora.email)
      await glance(page, 'admin-erase')
      await erase.click()
      await page.waitForURL('**/admin')
      await expect(page.getByText('1 found')).toBeVisible()
      expect(await school.dump()).not.toContain(nora.email)
    })
    for (const { errors, name } of [admin, nora]) expect(errors, name).toEqual([])
  } finally {
    await Promise.all([admin.close(), nora.close()])
  }
})
