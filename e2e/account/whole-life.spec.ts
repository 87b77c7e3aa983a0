import type { Page } from '@playwright/test'
import { LIMITS } from '#lib/throttle/limits.ts'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { generous } from '../support/global-setup.ts'
import { fillLogIn } from '../support/journeys.ts'
import { queryDatabase } from '../support/locks.ts'
import { readLink, withMailServer } from '../support/mail-server.ts'
import { addTask } from '../support/pages.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

const [FIRST, NEW, LAST] = [PASSWORD, 'eleven patient otters by noon', 'three brave lanterns in fog']

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()

async function setPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password').fill(password)
  await press(page, 'Save password')
  await expect(page.getByText('Water the ferns')).toBeVisible()
}

const SIX_DAYS_LATER = "UPDATE users SET deletion_due_at = deletion_due_at - interval '6 days'"

test.use({ javaScriptEnabled: false })
// Thirty pages, and a server with a database of its own.
test.setTimeout(180_000)

test('an account is confirmed, recovered, moved to another email and back, downloaded, deleted and kept', async ({
  page,
}) => {
  await withMailServer(async (mail, settings) => {
    const server = await startServer({ ...settings, RATE_LIMITS: generous(LIMITS) })
    const [email, other] = [newEmail(), newEmail()]

    await page.goto(`${server.url}/signup`)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('Password').fill(FIRST)
    await press(page, 'Create account')
    await addTask(page, 'Water the ferns')
    await page.goto(await readLink(mail, email, '/confirm-email'))
    await press(page, 'Confirm email')
    await expect(page.getByRole('heading', { name: 'Email confirmed' })).toBeVisible()

    await page.goto(`${server.url}/tasks`)
    await press(page, 'Log out')
    await follow(page, 'Forgot your password?')
    await page.getByLabel('Email').fill(email)
    await press(page, 'Send link')
    await page.goto(await readLink(mail, email, '/reset-password'))
    await setPassword(page, NEW)

    await page.goto(`${server.url}/settings/profile`)
    await follow(page, 'Change email')
    await page.getByLabel('New email').fill(other)
    await page.getByLabel('Current password').fill(NEW)
    await press(page, 'Send link')
    await page.goto(await readLink(mail, other, '/confirm-email'))
    await press(page, 'Confirm email')
    await expect(page.getByText(`${other} is confirmed as your address.`)).toBeVisible()

    await page.goto(await readLink(mail, email, '/undo-email-change'))
    await press(page, 'Undo the change')
    await setPassword(page, LAST)
    await page.goto(`${server.url}/settings/profile`)
    const file = await page.request.get(`${server.url}/settings/profile/data.json`)
    expect(await file.json()).toMatchObject({ profile: { email }, tasks: [{ title: 'Water the ferns' }] })

    await follow(page, 'Delete my account')
    await page.getByLabel('Password').fill(LAST)
    await press(page, 'Delete my account')
    await expect(page.getByRole('status')).toContainText('Your account will be deleted')
    await queryDatabase(settings.DATABASE_URL, SIX_DAYS_LATER)
    await fillLogIn(page, { email, password: LAST })
    await expect(page.getByText('Water the ferns')).toBeVisible()
    await server.stop()
  })
})
