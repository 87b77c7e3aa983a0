import { newEmail, PASSWORD } from '../support/accounts.ts'
import { setValueDirectly } from '../support/fields.ts'
import { createAccount, fillLogIn, openTasks } from '../support/journeys.ts'
import { editLink, errorBox, openEditor, waitForHydration } from '../support/pages.ts'
import { sessionsOf } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

for (const events of [[], ['change']]) {
  const how = events.length > 0 ? `with ${events} alone` : 'without an event'

  test(`fields that were filled ${how} are validated and sent as they are`, async ({ page }) => {
    const email = newEmail()
    await page.goto('/signup')
    await waitForHydration(page)
    await setValueDirectly(page.getByLabel('Email'), email, events)
    await setValueDirectly(page.getByLabel('Password'), PASSWORD, events)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page).toHaveURL('/tasks')

    await page.goto('/settings/password')
    await waitForHydration(page)
    await setValueDirectly(page.getByLabel('Current password'), PASSWORD, events)
    await setValueDirectly(page.getByLabel('New password'), `${PASSWORD} again`, events)
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(page.getByRole('status')).toContainText('Password changed.')

    await page.getByRole('button', { name: 'Log out', exact: true }).click()
    await waitForHydration(page)
    await fillLogIn(page, { email, password: 'Not the password' })
    await expect(errorBox(page)).toHaveText('Wrong email or password.')
    await setValueDirectly(page.getByLabel('Password'), `${PASSWORD} again`, events)
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page).toHaveURL('/tasks')
  })
}

test('a field that was emptied or changed without an event is validated by its current value', async ({
  page,
}) => {
  const { email, password } = await createAccount()
  await page.goto('/login')
  await waitForHydration(page)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await setValueDirectly(page.getByLabel('Email'), 'not an address')
  await setValueDirectly(page.getByLabel('Password'), '')
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/like name@example\.com/)
  await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/Enter your password/)
})

test('a box that was unticked without an event stays unticked after an error', async ({ page }) => {
  const account = await createAccount()
  await page.goto('/login')
  await waitForHydration(page)
  const keep = page.getByLabel('Keep me logged in')
  await keep.evaluate((box: HTMLInputElement) => {
    box.checked = false
  })
  await page.getByLabel('Email').fill(account.email)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/Enter your password\./)
  await expect(keep).not.toBeChecked()
  await fillLogIn(page, account)
  await expect(page).toHaveURL('/tasks')
  expect(await sessionsOf(account)).toMatchObject([{ persistent: false }])
})

test('a value that changes after validation is not sent', async ({ page }) => {
  const account = await createAccount()
  await page.goto('/login')
  await waitForHydration(page)
  await page.evaluate(() => {
    // React's handler is on the document, so it runs before this one.
    window.addEventListener('submit', () => {
      const input = document.querySelector<HTMLInputElement>('#password')
      if (input) input.value = 'changed by an extension'
    })
  })
  await fillLogIn(page, account)
  await expect(page).toHaveURL('/tasks')
})

test('the password strength follows a field that changes without an event', async ({ page }) => {
  await page.goto('/signup')
  await waitForHydration(page)
  const field = page.getByLabel('Password')
  const strength = page.locator('p[aria-live]')
  await field.fill('password1')
  await expect(strength).toHaveText(/\w/)
  const weak = await strength.textContent()
  await setValueDirectly(field, PASSWORD)
  await expect(strength).not.toHaveText(String(weak))
  await expect(strength).toHaveText(/\w/)
  await setValueDirectly(field, '')
  await expect(strength).toHaveText('')
})

test('a task is edited and added with fields that change without an event', async ({ page }) => {
  await openTasks(page, ['Before'])
  await waitForHydration(page)
  await openEditor(page, 'Before')
  await setValueDirectly(page.getByLabel('Title'), 'After')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(editLink(page, 'After')).toBeVisible()
  await setValueDirectly(page.getByLabel('New task'), 'Added')
  await page.getByRole('button', { name: 'Add task' }).click()
  await expect(editLink(page, 'Added')).toBeVisible()
})
