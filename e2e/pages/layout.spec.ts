import type { Page } from '@playwright/test'
import { call, signUp } from '../support/api.ts'
import { createAccount, createTask, fillLogIn, logIn, openTasks } from '../support/journeys.ts'
import { createResetLink } from '../support/links.ts'
import { checkbox, deleteButton, openEditor, waitForHydration } from '../support/pages.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

const LONG = 'W'.repeat(500)
const WINDOWS = [
  { width: 320, height: 640, fontSize: '' },
  { width: 640, height: 640, fontSize: '200%' },
  { width: 1280, height: 800, fontSize: '' },
]

/** Checks narrow and wide windows, and text of twice the size (WCAG 1.4.4, 1.4.10). */
async function expectNoHorizontalScroll(page: Page): Promise<void> {
  for (const { fontSize, ...size } of WINDOWS) {
    await page.setViewportSize(size)
    const scrollX = await page.evaluate((fontSize) => {
      document.documentElement.style.fontSize = fontSize
      window.scrollTo(10_000, 0)
      const scrolled = window.scrollX
      document.documentElement.style.fontSize = ''
      window.scrollTo(0, 0)
      return scrolled
    }, fontSize)
    expect(scrollX, `pixels too many at ${size.width} px ${fontSize}`).toBe(0)
  }
}

const BUTTONS: Record<string, string> = {
  '/signup': 'Create account',
  '/login': 'Log in',
  '/forgot-password': 'Send link',
}

for (const path of ['/', '/signup', '/login', '/forgot-password', '/reset-password', '/help', '/privacy']) {
  test(`${path} fits into narrow and wide windows, with and without errors`, async ({ page }) => {
    await page.goto(path)
    await waitForHydration(page)
    await expectNoHorizontalScroll(page)
    const button = BUTTONS[path]
    if (!button) return
    await page.getByLabel('Email').fill(LONG)
    await page.getByRole('button', { name: button }).click()
    await expect(page.locator('[aria-invalid=true]').first()).toBeFocused()
    await expectNoHorizontalScroll(page)
  })
}

test('each signed-out page shows the name of the product on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  for (const path of ['/', '/login', '/help']) {
    await page.goto(path)
    const name = page.getByRole('banner').getByText('Taskward', { exact: true })
    expect((await name.boundingBox())?.width, path).toBeGreaterThan(40)
  }
})

test('a reset link of the longest email fits, with and without errors', async ({ page }) => {
  const email = `${'m'.repeat(63)}w@${`${'w'.repeat(59)}.`.repeat(3)}net`
  const { userId } = await signUp({ json: { email, password: 'seven quiet herons at dusk' } })
  await page.goto(await createResetLink(userId))
  await waitForHydration(page)
  await expectNoHorizontalScroll(page)
  await page.getByRole('button', { name: 'Save password' }).click()
  await expect(page.getByLabel('New password')).toBeFocused()
  await expectNoHorizontalScroll(page)
  await page.goto('/forgot-password')
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Send link' }).click()
  await expect(page.getByRole('main').getByRole('status')).toBeVisible()
  await expectNoHorizontalScroll(page)
})

test('the 404 page fits into narrow and wide windows', async ({ page, expectProblems }) => {
  expectProblems(/status of 404/)
  await logIn(page, await createAccount(), { path: null })
  await page.goto(`/${LONG}`)
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
  await expectNoHorizontalScroll(page)
})

test('a list with the longest titles and email fits in every state', async ({ page }) => {
  const email = `${'m'.repeat(64)}@${`${'w'.repeat(59)}.`.repeat(3)}org`
  const account = await signUp({ json: { email, password: 'seven quiet herons at dusk' } })
  await page.goto('/login')
  await fillLogIn(page, { ...account, email })
  await expect(page.getByText('Nothing to do yet')).toBeVisible()
  await expectNoHorizontalScroll(page)

  await createTask(account, LONG, LONG)
  await createTask(account, `${LONG.slice(1)}M`)
  await page.goto('/tasks')
  await waitForHydration(page)
  await checkbox(page, LONG).click()
  await expect(checkbox(page, LONG)).toBeChecked()
  await expectNoHorizontalScroll(page)
  await deleteButton(page, `${LONG.slice(1)}M`).click()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expectNoHorizontalScroll(page)
  await openEditor(page, LONG)
  await expectNoHorizontalScroll(page)
  await page.getByLabel('Title').fill(LONG + LONG)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Title')).toHaveAccessibleDescription(/at most 500/)
  await expectNoHorizontalScroll(page)
})

test('a page of a long list fits', async ({ page }) => {
  const titles = Array.from({ length: 51 }, (_, index) => `Task number ${index}`)
  await openTasks(page, titles)
  await expect(page.getByRole('link', { name: 'Older tasks' })).toBeVisible()
  await expectNoHorizontalScroll(page)

  // Text of twice the size on a phone: the tools of a row leave the line to its title.
  await page.setViewportSize({ width: 320, height: 640 })
  const widths = await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
    const title = document.querySelector('.task-text')
    return { page: document.documentElement.scrollWidth, title: title?.getBoundingClientRect().width }
  })
  expect(widths.page).toBeLessThanOrEqual(320)
  expect(widths.title).toBeGreaterThan(150)
  for (const path of ['/settings/activity', '/tasks?select=']) {
    await page.goto(path)
    const width = await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
      return document.documentElement.scrollWidth
    })
    expect(width, path).toBeLessThanOrEqual(320)
  }
})

test('nothing is animated with reduced motion', async ({ page }) => {
  const account = await signUp()
  await createTask(account, 'Still')
  const getAnimatedElements = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element)
          return (
            !/^0s(, 0s)*$/.test(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth'
          )
        })
        .map((element) => element.outerHTML.slice(0, 100)),
    )
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/')
  expect(await getAnimatedElements()).toEqual([])
  await logIn(page, account)
  await expect(checkbox(page, 'Still')).toBeVisible()
  expect(await getAnimatedElements()).toEqual([])
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect((await getAnimatedElements()).length).toBeGreaterThan(0)
})

test('the foot of a page links to the source code where the operator names its address', async () => {
  const sourceUrl = 'https://git.example.org/taskward?a=1&b=2'
  const server = await startServer({ SOURCE_URL: sourceUrl })
  try {
    const link = `<a href="${sourceUrl.replace('&', '&amp;')}">Source</a>`
    expect((await call('/login', { server: server.url })).text).toContain(link)
    expect((await call('/login')).text).not.toContain('Source</a>')
  } finally {
    await server.stop()
  }
})
