import { readFileSync } from 'node:fs'
import { expectNoViolations } from '../support/accessibility.ts'
import { createAccount, logIn } from '../support/journeys.ts'
import { expectTitles } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const PATH = '/settings/data'
const CSV = [
  'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE',
  'task,Water the ferns @garden,,1,1,,,,en,',
  'task,Wait for rain,,4,1,,,when it rains,en,',
  'section,Band,,,,,,,,',
  'task,Restring the bass,,4,1,,,every monday at 9,en,',
].join('\r\n')
const fileOf = (text: string, name = 'Home.csv') => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a file is shown, imported, and undone in one step', async ({ page }) => {
    await logIn(page, await createAccount())
    await page.getByRole('link', { name: 'import your tasks' }).click()
    await page.getByLabel('File', { exact: true }).setInputFiles(fileOf(CSV))
    await page.getByRole('button', { name: 'Show preview' }).click()
    await expect(page.getByText('2 tasks in the Inbox and 1 list. 1 new list: Band.')).toBeVisible()
    await expect(
      page.getByText('Line 3, DATE: is not a date that we can read: “when it rains”.'),
    ).toBeVisible()
    await expect(page.getByRole('list', { name: 'First tasks' }).getByRole('listitem')).toHaveText([
      'Water the fernsInbox · High priority · @garden',
      /^Restring the bassBand · .+, 09:00 · Every week on Monday$/,
    ])
    await page.getByRole('button', { name: 'Import 2 tasks' }).click()
    await expectTitles(page, ['Water the ferns', 'Restring the bass'])
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expectTitles(page, [])
    await expect(page.getByRole('link', { name: /^Band/ })).toHaveCount(0)
    await page.goto(PATH)
    await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0)
  })

  test('a form without a file, and one with an unknown kind, comes back with the reason, until the next one', async ({
    page,
  }) => {
    await logIn(page, await createAccount(), { path: PATH })
    await page.getByRole('button', { name: 'Show preview' }).click()
    await expect(page.getByText('Choose a file first.')).toBeVisible()
    await expect(page).toHaveTitle('Error: Import and export – Taskward')
    await expect(page.getByLabel('File', { exact: true })).toBeFocused()
    await page.getByLabel('File', { exact: true }).setInputFiles(fileOf('just a text', 'note.txt'))
    await page.getByRole('button', { name: 'Show preview' }).click()
    await expect(page.getByText('We don’t know this kind of file.')).toBeVisible()
    await page.getByLabel('File', { exact: true }).setInputFiles(fileOf(CSV))
    await page.getByRole('button', { name: 'Show preview' }).click()
    await expect(page.getByRole('heading', { name: 'Preview' })).toBeVisible()
    await expect(page).toHaveTitle('Import and export – Taskward')
    await expect(page.getByText('We don’t know this kind of file.')).toHaveCount(0)
  })
})

test('the page of import has no accessibility violations, and discards a file', async ({ page }) => {
  await logIn(page, await createAccount(), { path: PATH })
  await expectNoViolations(page)
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles(fileOf(readFileSync('docs/sample-import.csv', 'utf8')))
  await page.getByRole('button', { name: 'Show preview' }).click()
  await expect(page.getByRole('button', { name: 'Import 20 tasks' })).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByRole('heading', { name: 'Preview' })).toHaveCount(0)
})

test('a file of 5 MB arrives over the API and over the page', async ({ page }) => {
  const account = await createAccount()
  const rows = Array.from({ length: 5_000 }, (_, n) => `Task ${n},"${'note '.repeat(200)}"`)
  const text = `title,description\n${rows.join('\n')}`
  const answer = await page.request.post('/api/me/import?dry_run=1', {
    headers: { authorization: `Bearer ${account.token}`, 'content-type': 'text/csv' },
    data: text,
  })
  expect([answer.status(), (await answer.json()).data.tasks]).toEqual([200, 5_000])
  await logIn(page, account, { path: PATH })
  await page.getByLabel('File', { exact: true }).setInputFiles(fileOf(text))
  await page.getByRole('button', { name: 'Show preview' }).click()
  await expect(page.getByRole('button', { name: 'Import 5,000 tasks' })).toBeVisible()
})
