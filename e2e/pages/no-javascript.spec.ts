import { newEmail, PASSWORD } from '../support/accounts.ts'
import { createAccount, createTask, deleteTask, fillLogIn, logIn } from '../support/journeys.ts'
import {
  addTask,
  checkbox,
  deleteButton,
  editLink,
  errorBox,
  expectTitles,
  openEditor,
} from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

test.use({ javaScriptEnabled: false })

test('a user signs up, adds, completes, edits, deletes and restores a task, logs out and logs in', async ({
  page,
}) => {
  const email = newEmail()
  await page.goto('/')
  await page.getByRole('link', { name: 'Create account' }).click()
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL('/tasks')

  // If the response to a form were a page and not a redirect, a reload would send the form again.
  await addTask(page, 'Water the ferns')
  await expectTitles(page, ['Water the ferns'])
  await page.reload()
  await expectTitles(page, ['Water the ferns'])
  await addTask(page, 'Call Ines')
  await expectTitles(page, ['Call Ines', 'Water the ferns'])
  await page.reload()
  await expectTitles(page, ['Call Ines', 'Water the ferns'])

  await checkbox(page, 'Call Ines').click()
  await expect(checkbox(page, 'Call Ines')).toBeChecked()
  await page.reload()
  await expect(checkbox(page, 'Call Ines')).toBeChecked()
  await checkbox(page, 'Call Ines').click()
  await expect(checkbox(page, 'Call Ines')).not.toBeChecked()

  await editLink(page, 'Call Ines').click()
  await page.getByLabel('Title').fill('Not this')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page).toHaveURL(/\/tasks\??$/)
  await editLink(page, 'Call Ines').click()
  await expect(page.getByLabel('Title')).toHaveValue('Call Ines')
  await page.getByLabel('Description').fill('About the train\nand the ferns')
  await page.getByLabel('Title').fill('Write to Ines')
  await page.getByLabel('Title').press('Enter')
  await expectTitles(page, ['Write to Ines', 'Water the ferns'])
  await expect(page).toHaveURL('/tasks')
  await expect(page.getByText('About the train')).toBeVisible()

  await deleteButton(page, 'Write to Ines').click()
  await expectTitles(page, ['Water the ferns'])
  await page.reload()
  await expect(page.getByRole('status')).toHaveText('Deleted “Write to Ines”.')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expectTitles(page, ['Write to Ines', 'Water the ferns'])
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page).toHaveURL('/login')
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  await expect(page.getByText('Water the ferns')).toHaveCount(0)
  await page.goto('/tasks')
  await expect(page).toHaveURL('/login?next=%2Ftasks')
  await fillLogIn(page, { email, password: PASSWORD })
  await expect(page).toHaveURL('/tasks')
  await page.reload()
  await expectTitles(page, ['Write to Ines', 'Water the ferns'])
})

test('a user adds tasks with their days, orders, repeats, postpones, finds and finishes them', async ({
  page,
}) => {
  await logIn(page, await createAccount(), { path: '/tasks?view=inbox' })
  for (const line of ['Water the ferns every day', 'Buy stamps in 3 days', 'Pay rent p1', 'Book a table'])
    await addTask(page, line)
  const titles = ['Book a table', 'Pay rent', 'Buy stamps', 'Water the ferns']
  await expectTitles(page, titles)

  const apply = async (option: string, ...selected: string[]) => {
    await page.getByRole('link', { name: 'Select' }).click()
    for (const title of selected) await page.getByRole('checkbox', { name: title }).check()
    await page.getByLabel('Change').selectOption(option)
    await page.getByRole('button', { name: 'Apply' }).click()
  }
  await apply('Move to the top', 'Buy stamps')
  await expectTitles(page, ['Buy stamps', 'Book a table', 'Pay rent', 'Water the ferns'])
  await apply('Due tomorrow', 'Book a table', 'Pay rent', 'Buy stamps')
  await expect(page.getByRole('status')).toContainText('3 tasks')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Tomorrow')).toHaveCount(0)

  await checkbox(page, 'Water the ferns').click()
  await expect(page.getByText('Tomorrow')).toHaveCount(1)
  await page.getByRole('searchbox').fill('stamps')
  await page.getByRole('searchbox').press('Enter')
  await expectTitles(page, ['Buy stamps'])
  await checkbox(page, 'Buy stamps').click()
  await expect(page.getByRole('status')).toHaveText('Completed “Buy stamps”.')
})

test('a failed log-in keeps the email, clears the password and focuses the message', async ({ page }) => {
  const account = await createAccount()
  await page.goto('/login?next=%2Ftasks%3Fedit%3Dnothing')
  await fillLogIn(page, { ...account, password: 'Not the password' })
  await expect(errorBox(page)).toHaveText('Wrong email or password.')
  await expect(errorBox(page)).toBeFocused()
  await expect(page).toHaveTitle(/^Error: Log in/)
  await expect(page.getByLabel('Email')).toHaveValue(account.email)
  await expect(page.getByLabel('Password')).toHaveValue('')
  expect(await page.content()).not.toContain('Not the password')
  await fillLogIn(page, account)
  await expect(page).toHaveURL('/tasks?edit=nothing')
})

test('a refused sign-up shows errors next to its fields and clears the password', async ({ page }) => {
  const { email } = await createAccount()
  const submit = async (password: string) => {
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page.getByLabel('Email')).toBeFocused()
    await expect(errorBox(page)).toHaveCount(0)
    await expect(page).toHaveTitle(/^Error: Create your account/)
    await expect(page.getByLabel('Password')).toHaveValue('')
    expect(await page.content()).not.toContain(password)
  }
  await page.goto('/signup')
  await page.getByLabel('Email').fill('ada at example')
  await submit('Wrong1')
  await expect(page.getByLabel('Email')).toHaveValue('ada at example')
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/like name@example\.com/)
  await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/Use at least 8 characters/)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill('password')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByLabel('Password')).toBeFocused()
  await expect(page.getByLabel('Password')).toHaveAccessibleDescription(
    /Add an upper-case letter and a number, or use .+ this one is on lists of common passwords\.$/,
  )
  await submit(PASSWORD)
  await expect(page.getByLabel('Email')).toHaveValue(email)
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/This email already has an account/)
  await page.locator('form').getByRole('link', { name: 'Log in' }).click()
  await expect(page).toHaveURL('/login?next=%2Ftasks')
})

test('a task that cannot be saved keeps its text and shows the reason', async ({ page }) => {
  const account = await createAccount(['Stays'])
  await logIn(page, account)
  await addTask(page, 'x'.repeat(501))
  await expect(page.getByLabel('New task')).toBeFocused()
  await expect(page).toHaveTitle(/^Error: Tasks/)
  await expect(page.getByLabel('New task')).toHaveValue('x'.repeat(501))
  await expect(page.getByLabel('New task')).toHaveAccessibleDescription(/at most 500 characters/)
  await openEditor(page, 'Stays')
  await page.getByLabel('Title').fill(' ')
  await page.getByLabel('Description').fill('Of a task that loses its name')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Title')).toBeFocused()
  await expect(page).toHaveTitle(/^Error: Tasks/)
  await expect(page.getByLabel('Description')).toHaveValue('Of a task that loses its name')
  await page.getByLabel('Title').fill('Stays')
  await page.getByLabel('Description').fill('x'.repeat(5001))
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Description')).toBeFocused()
  await expect(errorBox(page)).toHaveCount(0)
  await page.goto('/tasks')
  await expectTitles(page, ['Stays'])
})

for (const change of ['ticked', 'deleted', 'edited', 'restored twice'] as const) {
  test(`a task that was deleted elsewhere and is ${change} here leads back to the list`, async ({ page }) => {
    const account = await createAccount(['Stays'])
    const id = await createTask(account, 'Goes')
    await logIn(page, account)
    if (change === 'edited') await openEditor(page, 'Goes')
    if (change === 'restored twice') {
      await deleteButton(page, 'Goes').click()
      const other = await page.context().newPage()
      await other.goto(page.url())
      await other.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('button', { name: 'Undo' }).click()
      return expectTitles(page, ['Goes', 'Stays'])
    }
    await deleteTask(account, id)
    if (change === 'ticked') await checkbox(page, 'Goes').click()
    if (change === 'deleted') await deleteButton(page, 'Goes').click()
    if (change === 'edited') await page.getByRole('button', { name: 'Save' }).click()
    await expect(errorBox(page)).toHaveText(/This task is gone/)
    await expect(errorBox(page)).toBeFocused()
    if (change === 'edited') await page.getByRole('button', { name: 'Cancel' }).click()
    await expectTitles(page, ['Stays'])
  })
}

test('a task that is completed on the second page of a long list is below the open ones of each page', async ({
  page,
}) => {
  const titles = Array.from(
    { length: 52 },
    (_, index) => `Task number ${String(52 - index).padStart(2, '0')}`,
  )
  await logIn(page, await createAccount(titles.toReversed()))
  await page.getByRole('link', { name: 'Older tasks' }).click()
  await expectTitles(page, titles.slice(50))
  await checkbox(page, 'Task number 02').click()
  await expect(checkbox(page, 'Task number 02')).toBeChecked()
  await expectTitles(page, ['Task number 01', 'Done today Task number 02'])
  await page.getByRole('link', { name: 'Newest tasks' }).click()
  await expectTitles(page, [...titles.slice(0, 50), 'Task number 02'])
})
