import type { Page } from '@playwright/test'
import { newEmail } from '../support/accounts.ts'
import { call } from '../support/api.ts'
import { waitForHydration } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

test.beforeEach(({ expectProblems }) => expectProblems(/status of 404|Failed to load|ChunkLoadError/))

/** Answers 404 to every script that the page's document does not name. */
async function failLaterScripts(page: Page, path: string): Promise<void> {
  const { text } = await call(path)
  await page.route('**/_next/static/chunks/*', (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? ''
    return text.includes(name) ? route.fallback() : route.fulfill({ status: 404, body: '' })
  })
}

test('a page whose script is missing reports that, and its button reloads it', async ({ page }) => {
  await failLaterScripts(page, '/')
  await page.goto('/')
  await waitForHydration(page)
  await page.getByRole('link', { name: 'Log in' }).click()
  await expect(page.getByRole('heading', { name: 'This page didn’t load completely' })).toBeVisible()
  await expect(page).toHaveTitle('Page not loaded – Taskward')
  await expect(page.getByText('The error is on our side')).toHaveCount(0)
  await page.unroute('**/_next/static/chunks/*')
  await page.getByRole('button', { name: 'Reload the page' }).click()
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
})

test('a sign-up works without the dictionaries of the password strength', async ({ page }) => {
  await failLaterScripts(page, '/signup')
  await page.goto('/signup')
  await waitForHydration(page)
  const missing = page.waitForResponse((response) => response.status() === 404)
  await page.getByLabel('Email').fill(newEmail())
  await page.getByLabel('Password').pressSequentially('a quiet walk by the river')
  await missing
  await expect(page.getByLabel('Password')).toHaveValue('a quiet walk by the river')
  await page.unroute('**/_next/static/chunks/*')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page).toHaveURL('/tasks')
})
