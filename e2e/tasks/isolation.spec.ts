import { call } from '../support/api.ts'
import { createAccount, createTask, deleteTask, logIn } from '../support/journeys.ts'
import {
  checkbox,
  deleteButton,
  editLink,
  errorBox,
  expectTitles,
  waitForHydration,
} from '../support/pages.ts'
import { query as querySql } from '../support/sql.ts'
import { expect, test } from '../support/test.ts'

test('addresses with the ids of another user’s tasks show nothing of them', async ({ page }) => {
  const ada = await createAccount()
  const secret = await createTask(ada, 'Secret of Ada', 'Private details')
  const deleted = await createTask(ada, 'Deleted by Ada')
  await deleteTask(ada, deleted)

  await logIn(page, await createAccount(['Of Bob']))
  for (const query of [`edit=${secret}`, `edit=${deleted}`, `cursor=${secret}`]) {
    const answer = await page.goto(`/tasks?${query}`)
    // Bob's task is newer than Ada's, so no task of Bob follows that cursor.
    await expectTitles(page, query.startsWith('cursor') ? [] : ['Of Bob'])
    await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)
    expect(await answer?.text()).not.toMatch(/Ada|Private details/)
  }
})

test('the page of another user’s task is the same 404 page as that of no task', async ({
  page,
  expectProblems,
}) => {
  expectProblems(/status of 404/)
  const ada = await createAccount()
  const secret = await createTask(ada, 'Secret of Ada', 'Private details')
  const deleted = await createTask(ada, 'Deleted by Ada')
  await deleteTask(ada, deleted)
  await logIn(page, await createAccount(['Of Bob']))
  for (const id of [secret, deleted, '018f0000-0000-7000-8000-000000000000', 'x', '%00', `${secret}%20`]) {
    const answer = await page.goto(`/tasks/${id}?from=/tasks`)
    expect(answer?.status(), id).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found')
    await expect(page.getByRole('button', { name: 'Log out' })).toBeVisible()
    expect(await answer?.text()).not.toMatch(/Ada|Private details/)
  }
})

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('forms with the ids of another user’s tasks are refused and change nothing', async ({ page }) => {
      const ada = await createAccount()
      const idsOfAda = [await createTask(ada, 'Of Ada'), await createTask(ada, 'Deleted by Ada')] as const
      await deleteTask(ada, idsOfAda[1])
      await logIn(page, await createAccount(['Of Bob', 'Also of Bob']))

      const ownPage = (await editLink(page, 'Of Bob').getAttribute('href'))!
      const ownId = ownPage.match(/[\da-f-]{36}/)![0]
      // A page with JavaScript has ids from its scripts, and renders its forms again when it fills in kept text.
      if (javaScriptEnabled) {
        await page.route('**', (route) => {
          const sent = route.request().postData()
          return route.continue(sent === null ? {} : { postData: sent.replaceAll(ownId, idsOfAda[0]) })
        })
      }
      const openForged = async (path: string, id: string) => {
        await page.goto(path)
        if (javaScriptEnabled) return waitForHydration(page)
        for (const field of await page.locator('input[name=id], button[value]').all()) {
          await field.evaluate((input, value) => input.setAttribute('value', value), id)
        }
      }
      const expectRefusal = () => expect(errorBox(page)).toHaveText(/This task is gone/)

      await openForged('/tasks', idsOfAda[0])
      await checkbox(page, 'Of Bob').click()
      await expectRefusal()
      await openForged('/tasks', idsOfAda[0])
      await deleteButton(page, 'Of Bob').click()
      await expectRefusal()
      await openForged(`/tasks?edit=${ownId}`, idsOfAda[0])
      await page.getByLabel('Title').fill('Stolen by Bob')
      await page.getByRole('button', { name: 'Save' }).click()
      await expectRefusal()
      for (const send of ['Done', 'Delete', 'Save']) {
        await openForged(ownPage, idsOfAda[0])
        // With JavaScript, the text that was refused is filled in, and the fields are rendered anew.
        const title = javaScriptEnabled ? 'Stolen by Bob' : 'Of Bob'
        await expect(page.getByLabel('Title')).toHaveValue(title)
        await page.getByRole(send === 'Done' ? 'checkbox' : 'button', { name: send, exact: true }).click()
        await expectRefusal()
      }

      await page.unrouteAll()
      await page.goto('/tasks')
      await deleteButton(page, 'Also of Bob').click()
      await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
      const [deletion] = await querySql<{ id: string }>(
        "SELECT batch_id AS id FROM changes WHERE task_id = $1 AND kind = 'deleted'",
        [idsOfAda[1]],
      )
      for (const path of ['/tasks', '/tasks/history']) {
        await page.goto(path)
        if (javaScriptEnabled) await waitForHydration(page)
        for (const field of await page.locator('[name=batch]').all()) {
          await field.evaluate((input, value) => input.setAttribute('value', value), deletion!.id)
        }
        await page.getByRole('button', { name: 'Undo' }).last().click()
        await expect(page.getByText('This can no longer be undone.')).toBeVisible()
        await expect(page.getByText('Deleted by Ada')).toHaveCount(0)
      }

      const list = await call<{ data: object[] }>('/api/me/tasks', ada)
      expect(list.body.data).toEqual([
        expect.objectContaining({ id: idsOfAda[0], title: 'Of Ada', is_completed: false }),
      ])
      await page.goto('/tasks')
      await expectTitles(page, ['Of Bob'])
      await expect(checkbox(page, 'Of Bob')).not.toBeChecked()
    })
  })
}
