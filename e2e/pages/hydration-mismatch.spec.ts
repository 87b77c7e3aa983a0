import type { Page } from '@playwright/test'
import { PASSWORD } from '../support/accounts.ts'
import { logInAsAdmin } from '../support/administrators.ts'
import { fillAll, openBeforeScripts, readFields } from '../support/fields.ts'
import { createAccount, createTask, logIn } from '../support/journeys.ts'
import { openEditor, waitForHydration } from '../support/pages.ts'
import { sessionsOf } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

function insertAfterEachField() {
  for (const field of document.querySelectorAll('main input, main textarea')) {
    field.after(document.createElement('com-1password-button'))
  }
}

function prependToEachForm() {
  for (const form of document.querySelectorAll('main form')) form.prepend(document.createElement('div'))
}

/** What browser extensions change in pages before hydration. React may then rebuild the page. */
const EXTENSION_CHANGES: Record<string, () => void> = {
  'an element after each field': insertAfterEachField,
  'a wrapper around each field': () => {
    for (const field of document.querySelectorAll('main input:not([type=hidden])')) {
      const wrapper = document.createElement('span')
      field.replaceWith(wrapper)
      wrapper.append(field)
    }
  },
  'an element at the end of the page': () => {
    document.querySelector('main')?.append(document.createElement('aside'))
  },
  'an attribute at each field': () => {
    for (const field of document.querySelectorAll('input')) field.setAttribute('data-lpignore', 'true')
  },
}

/** Fills in a page without scripts, changes it as an extension does, and then loads its scripts. */
async function expectFieldsKept(page: Page, path: string, changePage: () => void): Promise<void> {
  const release = await openBeforeScripts(page, path)
  const before = await readFields(page)
  await fillAll(page)
  const typed = await readFields(page)
  expect(typed).not.toEqual(before)
  await page.evaluate(changePage)
  await release()
  expect(await readFields(page), path).toEqual(typed)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
}

for (const [what, changePage] of Object.entries(EXTENSION_CHANGES)) {
  test(`keeps everything typed or chosen despite ${what} before hydration`, async ({
    page,
    expectProblems,
  }) => {
    expectProblems(/Minified React error #418/)
    for (const path of ['/login', '/signup']) await expectFieldsKept(page, path, changePage)
    const account = await createAccount()
    const id = await createTask(account, 'To edit', 'At length')
    await logIn(page, account, { path: null })
    for (const path of [`/tasks?edit=${id}`, '/settings/password', '/settings/activity']) {
      await expectFieldsKept(page, path, changePage)
    }
  })
}

test('keeps what an administrator typed into a search before hydration', async ({ page, expectProblems }) => {
  expectProblems(/Minified React error #418/)
  await logInAsAdmin(page, { path: null })
  for (const path of ['/admin/events', '/admin/users']) {
    await expectFieldsKept(page, path, prependToEachForm)
  }
})

test('keeps "Keep me logged in" unticked when the page is rebuilt', async ({ page, expectProblems }) => {
  expectProblems(/Minified React error #418/)
  const account = await createAccount()
  const release = await openBeforeScripts(page, '/login')
  await page.getByLabel('Keep me logged in').uncheck()
  await page.getByLabel('Email').fill(account.email)
  await page.getByLabel('Password').pressSequentially(account.password.slice(0, 4))
  await page.evaluate(insertAfterEachField)
  await release()
  await expect(page.getByLabel('Keep me logged in')).not.toBeChecked()
  // The user can continue to type.
  await expect(page.getByLabel('Password')).toBeFocused()
  await page.keyboard.type(account.password.slice(4))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/tasks')
  expect(await sessionsOf(account)).toMatchObject([{ persistent: false }])
})

test('an untouched page that is rebuilt has the values that the server sent', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/Minified React error #418/)
  const release = await openBeforeScripts(page, '/login')
  const served = await readFields(page)
  await page.evaluate(prependToEachForm)
  await release()
  expect(await readFields(page)).toEqual(served)
})

test('a form that the page itself replaces starts with its own values', async ({ page }) => {
  const account = await createAccount(['First', 'Second'])
  await logIn(page, account, { path: null })
  await page.goto('/settings/password')
  await page.getByLabel('Current password').fill(account.password)
  await page.getByLabel('New password').fill(`${PASSWORD} again`)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByRole('status')).toContainText('Password changed.')
  await expect(page.getByLabel('New password')).toHaveValue('')

  await page.getByRole('link', { name: 'Tasks', exact: true }).click()
  await openEditor(page, 'First')
  await page.getByLabel('Title').fill('Discarded')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await openEditor(page, 'First')
  await expect(page.getByLabel('Title')).toHaveValue('First')
})

test('a page that the browser restores after Back sends what it shows', async ({ page }) => {
  const account = await createAccount()
  await page.goto('/login')
  await page.getByLabel('Keep me logged in').uncheck()
  await page.getByLabel('Email').fill(account.email)
  await page.goto('/signup')
  await page.goBack()
  await waitForHydration(page)
  await page.getByLabel('Email').fill(account.email)
  await page.getByLabel('Password').fill(account.password)
  const keep = await page.getByLabel('Keep me logged in').isChecked()
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page).toHaveURL('/tasks')
  expect(await sessionsOf(account)).toMatchObject([{ persistent: keep }])
})
