import { expectNoViolations } from '../support/accessibility.ts'
import { call } from '../support/api.ts'
import { createAccount, logIn } from '../support/journeys.ts'
import { checkbox, deleteButton, editLink, expectTitles } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const day = (after: number) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10)

test('headings of days stay in the window, and a task that has the focus is below them', async ({ page }) => {
  const account = await createAccount()
  const operations = Array.from({ length: 40 }, (_, index) => ({
    op: 'create',
    title: `Task ${index + 1}`,
    due_on: day(2 + Math.floor(index / 20)),
    ...(index === 0 && { repeat: { rule: 'FREQ=DAILY;INTERVAL=2', from: 'due' } }),
  }))
  await call('/api/me/tasks/batch', { token: account.token, json: { operations } })
  await logIn(page, account, { path: '/tasks?view=upcoming' })
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(2)
  await expect(page.getByRole('img', { name: 'Repeats every 2 days' })).toHaveCount(1)

  const heading = page.getByRole('heading', { level: 2 }).first()
  const boxes = page.getByRole('list', { name: 'Tasks' }).getByRole('checkbox')
  await boxes.nth(15).focus()
  await page.evaluate(() => window.scrollTo(0, 600))
  await expect(heading).toBeInViewport({ ratio: 1 })
  for (let index = 14; index > 2; index--) {
    await page.keyboard.press('k')
    await expect(boxes.nth(index)).toBeFocused()
    const edge = await heading.evaluate((element) => element.getBoundingClientRect().bottom)
    const top = await boxes.nth(index).evaluate((element) => element.getBoundingClientRect().top)
    expect(top).toBeGreaterThanOrEqual(edge)
  }
  await expectNoViolations(page)
})

test.describe('with a finger', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 320, height: 640 } })

  test('a row has no bin, and the page of the task deletes it', async ({ page }) => {
    await logIn(page, await createAccount(['Bread', 'Milk']))
    await expect(checkbox(page, 'Milk')).toBeVisible()
    await expect(deleteButton(page, 'Milk')).toBeHidden()
    await editLink(page, 'Milk').tap()
    await page.getByRole('button', { name: 'Delete' }).tap()
    await expect(page.getByRole('status')).toHaveText('Deleted “Milk”.')
    await expectTitles(page, ['Bread'])
  })

  test('the heading and the field of a new task are whole with text of twice the size', async ({ page }) => {
    await logIn(page, await createAccount(['Bread']))
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    const heading = await page.getByRole('heading', { name: 'Tasks' }).boundingBox()
    const field = await page.getByLabel('New task').boundingBox()
    expect(heading?.height).toBeLessThan(60)
    expect(field?.width).toBeGreaterThan(250)
  })
})
