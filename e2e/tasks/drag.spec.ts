import type { Page } from '@playwright/test'
import { call } from '../support/api.ts'
import { createAccount, createTask, deleteTask, logIn } from '../support/journeys.ts'
import { stopLiveChanges } from '../support/live.ts'
import { checkbox, editLink, errorBox, expectTitles, untilSaved } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

const day = (after: number) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10)

/** Moves the mouse until rows can be dragged: the page loads that with the first movement. */
async function moveMouse(page: Page, title: string): Promise<void> {
  await expect(async () => {
    await page.mouse.move(1, 1)
    await editLink(page, title).hover()
    await expect(page.locator('li.task > [draggable=true]')).not.toHaveCount(0, { timeout: 500 })
  }).toPass()
}

async function drag(page: Page, title: string, onto: string): Promise<void> {
  await untilSaved(page, () => editLink(page, title).dragTo(editLink(page, onto)))
}

test('a mouse moves a task in the own order, and one that cannot be moved returns with the reason', async ({
  page,
  context,
}) => {
  await stopLiveChanges(context)
  const account = await createAccount(['Bread', 'Milk'])
  const rice = await createTask(account, 'Rice')
  await logIn(page, account, { path: '/tasks?view=inbox' })
  await expectTitles(page, ['Rice', 'Milk', 'Bread'])
  await moveMouse(page, 'Rice')
  await drag(page, 'Bread', 'Rice')
  const bread = await page.getByRole('listitem').filter({ hasText: 'Bread' }).boundingBox()
  const top = await page.getByRole('listitem').filter({ hasText: 'Milk' }).boundingBox()
  expect(bread!.y).toBeLessThan(top!.y)
  await untilSaved(page, () => page.getByRole('button', { name: 'Undo' }).click())
  await expectTitles(page, ['Rice', 'Milk', 'Bread'])

  await deleteTask(account, rice)
  const last = (await editLink(page, 'Rice').boundingBox())!
  await untilSaved(page, () =>
    editLink(page, 'Bread').dragTo(editLink(page, 'Rice'), { targetPosition: { x: 5, y: last.height - 2 } }),
  )
  await expect(errorBox(page)).toContainText('This task is gone.')
  await expectTitles(page, ['Rice', 'Milk', 'Bread'])
})

test('a mouse moves a task to a list, to “Today” and to another day', async ({ page }) => {
  const account = await createAccount()
  const { token } = account
  await call('/api/me/lists', { token, json: { name: 'Home' } })
  for (const [title, due] of [
    ['Ferns', day(3)],
    ['Moss', day(5)],
  ])
    await call('/api/me/tasks', { token, json: { title, due_on: due } })
  await logIn(page, account, { path: '/tasks?view=upcoming' })
  await moveMouse(page, 'Ferns')
  await drag(page, 'Moss', 'Ferns')
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(1)
  const nav = page.getByRole('navigation', { name: 'Lists' })
  await untilSaved(page, () => editLink(page, 'Moss').dragTo(nav.getByRole('link', { name: 'Home' })))
  await expect(page.getByRole('status')).toContainText('Home')
  await untilSaved(page, () => editLink(page, 'Ferns').dragTo(nav.getByRole('link', { name: 'Today' })))
  await expectTitles(page, ['Moss'])
  const { body } = await call<{ data: object[] }>('/api/me/tasks', { token })
  expect(body.data).toMatchObject([
    { title: 'Moss', due_on: day(3), list_id: expect.any(String) },
    { title: 'Ferns', due_on: day(0), list_id: null },
  ])
})

test('a completed task has no handle, and no mouse drags it', async ({ page }) => {
  await logIn(page, await createAccount(['Bread', 'Milk']), { path: '/tasks?view=inbox' })
  await moveMouse(page, 'Bread')
  const row = (title: string) => page.locator('li.task > div').filter({ hasText: title })
  const handle = (title: string) =>
    row(title).evaluate((element) => getComputedStyle(element, '::before').content)
  await editLink(page, 'Milk').hover()
  await expect(row('Milk')).toHaveAttribute('draggable', 'true')
  expect(await handle('Milk')).not.toBe('none')
  await untilSaved(page, () => checkbox(page, 'Milk').click())
  await editLink(page, 'Milk').hover()
  await expect(row('Milk')).toHaveAttribute('draggable', 'false')
  expect(await handle('Milk')).toBe('none')
})
