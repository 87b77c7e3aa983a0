import { LIMITS } from '#lib/throttle/limits.ts'
import { expectNoViolations } from '../support/accessibility.ts'
import { newEmail, PASSWORD } from '../support/accounts.ts'
import { call, expectApiAnswer, logIn, signUp } from '../support/api.ts'
import { generous } from '../support/global-setup.ts'
import { linksIn, readMail } from '../support/mails.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

let server: RunningServer

test.beforeAll(async () => {
  server = await startServer({ SIGN_UP_ANSWER: 'uniform', RATE_LIMITS: generous(LIMITS) })
})
test.afterAll(() => server.stop())

test('the API answers a sign-up with a taken and a free email equally, and mails both owners', async () => {
  const [taken, free] = [(await signUp()).email, newEmail()]
  const answers = []
  for (const email of [taken, free]) {
    const answer = await call('/api/auth/signup', { server: server.url, json: { email, password: PASSWORD } })
    expectApiAnswer(answer, 202)
    const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
    answers.push({ text: answer.text, headers })
  }
  expect(answers[1]).toEqual(answers[0])
  expect(linksIn(await readMail('sign-up-attempted', taken))).toEqual([expect.stringMatching(/\/login$/)])
  const [link = ''] = linksIn(await readMail('confirm-email', free))
  expect((await logIn(free, PASSWORD)).status).toBe(401)
  const token = new URL(link).searchParams.get('token')
  expect((await call('/api/auth/email/confirm', { json: { token } })).status).toBe(204)
  expectApiAnswer(await logIn(free, PASSWORD), 200)
})

test('the page asks to check the mailbox, and the link makes the account usable', async ({ openBrowser }) => {
  const context = await openBrowser({ baseURL: server.url })
  const page = await context.newPage()
  const email = newEmail()
  await page.goto('/signup')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Check your email' })).toBeVisible()
  await expect(page.getByText(email)).toBeVisible()
  await expectNoViolations(page)
  const { search } = new URL(linksIn(await readMail('confirm-email', email))[0] ?? '')
  await page.goto(`/confirm-email${search}`)
  await page.getByRole('button', { name: 'Confirm email' }).click()
  await page.getByRole('link', { name: 'Go to your tasks' }).click()
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible()
})
