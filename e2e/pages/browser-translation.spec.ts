import type { Page } from '@playwright/test'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { logInAsAdmin } from '../support/administrators.ts'
import { newIpAddress } from '../support/api.ts'
import { insertFinding } from '../support/findings.ts'
import { createAccount, fillLogIn } from '../support/journeys.ts'
import {
  addTask,
  checkbox,
  deleteButton,
  expectTitles,
  openEditor,
  untilSaved,
  waitForHydration,
} from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

/** Moves each text into elements of its own, as browser translators do, including later changes. */
function translate() {
  const isDone = ({ parentElement }: Node) =>
    parentElement?.closest('font, script, style, textarea, title') != null
  function wrap(root: Node) {
    const texts: Node[] = []
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (
      let node = root.nodeType === Node.TEXT_NODE ? root : walker.nextNode();
      node;
      node = walker.nextNode()
    ) {
      if (node.nodeValue?.trim() && node.isConnected && !isDone(node)) texts.push(node)
    }
    for (const text of texts) {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')]
      outer.append(inner)
      inner.textContent = text.nodeValue
      ;(text as ChildNode).replaceWith(outer)
    }
  }
  addEventListener('load', () => {
    const observer = new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        for (const node of type === 'childList' ? addedNodes : [target]) wrap(node)
      }
    })
    // A user requests a translation after hydration.
    const timer = setInterval(() => {
      if (!document.querySelector('fieldset:not(.invisible)')) return
      clearInterval(timer)
      wrap(document.body)
      observer.observe(document.body, { childList: true, characterData: true, subtree: true })
      document.documentElement.dataset.translated = ''
    }, 10)
  })
}

const INVALID_EMAIL = 'Enter an email address like name@example.com.'

async function openTranslated(page: Page, path: string) {
  await page.goto(path)
  await waitForHydration(page)
  await expect(page.locator('html')).toHaveAttribute('data-translated', '')
}

/** Expects these errors at their fields, and the focus in the first one. */
async function expectErrors(page: Page, errors: Record<string, string>) {
  await expect(page.locator('[aria-invalid=true]')).toHaveCount(Object.keys(errors).length)
  await expect(page.getByLabel(Object.keys(errors)[0]!, { exact: true })).toBeFocused()
  for (const [label, error] of Object.entries(errors)) {
    const description = await page.getByLabel(label, { exact: true }).evaluate((field) => {
      const ids = field.getAttribute('aria-describedby')?.split(' ') ?? []
      return ids.map((id) => document.getElementById(id)?.textContent)
    })
    expect(description).toContain(`Error: ${error}`)
  }
}

test.beforeEach(async ({ page }) => page.addInitScript(translate))

test('fields of translated pages have the errors of the last attempt', async ({ page }) => {
  const account = await createAccount()
  await openTranslated(page, '/login')
  await fillLogIn(page, { email: 'not an address', password: '' })
  await expectErrors(page, { Email: INVALID_EMAIL, Password: 'Enter your password.' })

  await openTranslated(page, '/signup')
  const signUp = async (email: string, password: string) => {
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Create account' }).click()
  }
  await signUp('not an address', 'Ab1defg')
  await expectErrors(page, { Email: INVALID_EMAIL, Password: 'Use at least 8 characters.' })
  await signUp(account.email, PASSWORD)
  await expectErrors(page, { Email: 'This email already has an account. Log in' })
  await signUp('not an address', 'x'.repeat(129))
  await expectErrors(page, { Email: INVALID_EMAIL, Password: 'Use at most 128 characters.' })
  await signUp(newEmail(), PASSWORD)
  await expect(page).toHaveURL('/tasks')

  await openTranslated(page, '/settings/password')
  await page.getByLabel('New password').fill(`${PASSWORD} again`)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expectErrors(page, { 'Current password': 'Enter your current password.' })
  await page.getByLabel('Current password').fill('Not the password')
  await page.getByLabel('New password').fill(`${PASSWORD} again`)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expectErrors(page, { 'Current password': 'This is not your current password.' })
})

test('tasks are added, edited, deleted and restored on a translated page', async ({ page }) => {
  const account = await createAccount(['First', 'Second'])
  await openTranslated(page, '/login')
  await fillLogIn(page, account)
  await expect(page).toHaveURL('/tasks')
  const error = (text: RegExp) => expect(page.getByLabel('New task')).toHaveAccessibleDescription(text)
  await addTask(page, 'x'.repeat(501))
  await error(/Title must be at most 500/)
  await expect(page.getByLabel('New task')).toBeFocused()
  await untilSaved(page, () => addTask(page, 'Third'))
  await expectTitles(page, ['Third', 'Second', 'First'])
  await untilSaved(page, () => checkbox(page, 'Third').click())
  await openEditor(page, 'Second')
  await page.getByLabel('Title').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Title')).toHaveAccessibleDescription(/Enter a title\./)
  await page.getByLabel('Title').fill('Second, changed')
  await page.getByLabel('Description').fill('With a description')
  await untilSaved(page, () => page.getByRole('button', { name: 'Save' }).click())
  await expectTitles(page, ['Third', 'Second, changedWith a description', 'First'])
  for (const title of ['Third', 'First']) {
    await untilSaved(page, () => deleteButton(page, title).click())
    await expect(page.getByRole('status')).toHaveText(`Deleted “${title}”.`)
  }
  await untilSaved(page, () => page.getByRole('button', { name: 'Undo' }).click())
  await expectTitles(page, ['Second, changedWith a description', 'First'])
  for (const title of ['Second, changed', 'First']) {
    await untilSaved(page, () => deleteButton(page, title).click())
  }
  await expect(page.getByText('Nothing to do yet')).toBeVisible()
})

test('an address is blocked and unblocked on a translated page', async ({ page }) => {
  const network = newIpAddress()
  await insertFinding({ pattern: 'password_spraying', network })
  await logInAsAdmin(page)
  await openTranslated(page, '/admin/security')
  const finding = page.getByRole('listitem').filter({ hasText: network })
  await finding.getByRole('link', { name: `Block ${network} for an hour` }).click()
  await finding.getByRole('button', { name: `Block ${network} for an hour` }).click()
  await expect(finding).toContainText('address blocked until')
  await page.getByRole('row').filter({ hasText: network }).getByRole('button', { name: 'Unblock' }).click()
  await expect(page.getByRole('status')).toHaveText('The address is no longer blocked.')
  await expect(finding).not.toContainText('address blocked until')
})
