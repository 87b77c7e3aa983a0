import { createAccount, logIn } from '../support/journeys.ts'
import { checkbox, deleteButton, editLink, expectTitles } from '../support/pages.ts'
import { expect, test } from '../support/test.ts'

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
})
