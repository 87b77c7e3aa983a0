import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client'
import { truncateAll } from '#lib/testing/database'
import { allEvents, createUser, makeClient, secondsLater, type TestUser } from '#lib/testing/factories'
import { LIMITS } from '#lib/throttle/limits'
import { forgetDraft, isDraftKept, keepDraft, showDraft } from './drafts'

const NOW = new Date('2026-11-28T12:00:00.000Z')
const HOUR = 60 * 60
const TASKS = { page: '/tasks', client: makeClient() }
let user: TestUser

beforeEach(async () => {
  await truncateAll()
  user = await createUser()
})

function formOf(account: string, more: Record<string, string> = {}) {
  return { form: 'add-task', account, account_email: 'a@example.com', title: 'Typed', ...more }
}

async function keep(more: Record<string, string> = {}, now = NOW): Promise<string> {
  const token = await keepDraft(formOf(user.id, more), TASKS, now)
  if (!token) throw new Error('nothing was kept')
  return token
}

const shownTo = (token: string, userId = user.id, page = '/tasks', now = NOW) =>
  showDraft({ token, userId, page }, now)

test('gives the text back to its account on its page, without passwords and marks', async () => {
  const token = await keep({ description: 'x'.repeat(700), password: 'secret', $ACTION_KEY: 'k' })
  expect(await isDraftKept(token, NOW)).toBe(true)
  expect(await shownTo(token)).toEqual({
    form: 'add-task',
    message: expect.stringContaining('You were logged out before this was saved.'),
    values: { title: 'Typed', description: 'x'.repeat(700) },
  })
})

test('shows nothing to another account, on another page, or without the browser’s token', async () => {
  const token = await keep()
  expect(await shownTo(token, (await createUser()).id)).toBeNull()
  expect(await shownTo(token, user.id, '/settings/sessions')).toBeNull()
  expect(await shownTo('another')).toBeNull()
  expect(await isDraftKept('another', NOW)).toBe(false)
})

test('keeps nothing without text, a form’s name, or an account that exists', async () => {
  for (const form of [
    formOf(user.id, { title: ' ' }),
    formOf(user.id, { form: '' }),
    formOf(randomUUID()),
    formOf('nobody'),
    { title: 'Typed' },
  ]) {
    expect(await keepDraft(form, TASKS, NOW)).toBeNull()
  }
  expect(await db().draft.count()).toBe(0)
})

test('keeps one draft per account: the last one', async () => {
  const first = await keep()
  const second = await keep({ title: 'Later' })
  expect(await isDraftKept(first, NOW)).toBe(false)
  expect((await shownTo(second))?.values).toEqual({ title: 'Later' })
  expect(await db().draft.count()).toBe(1)
})

test('waits for a day, and for ten minutes once it was shown', async () => {
  const token = await keep()
  const at = (seconds: number) => shownTo(token, user.id, '/tasks', secondsLater(NOW, seconds))
  expect(await at(23 * HOUR)).not.toBeNull()
  expect(await at(23 * HOUR + 9 * 60)).not.toBeNull()
  expect(await at(23 * HOUR + 11 * 60)).toBeNull()
  const unseen = await keep()
  expect(await shownTo(unseen, user.id, '/tasks', secondsLater(NOW, 25 * HOUR))).toBeNull()
})

test('is gone once its form is sent, and goes with its account', async () => {
  const token = await keep()
  await forgetDraft(token, 'complete-task')
  expect(await isDraftKept(token, NOW)).toBe(true)
  await forgetDraft(token, 'add-task')
  expect(await isDraftKept(token, NOW)).toBe(false)
  await keep()
  await db().user.delete({ where: { id: user.id } })
  expect(await db().draft.count()).toBe(0)
})

test('stores texts that a database could refuse', async () => {
  const odd = 'a\0b\\u0000 “ä 木” \u{1f331}'
  const token = await keep({ title: odd })
  expect((await shownTo(token))?.values.title).toBe('ab\\u0000 “ä 木” \u{1f331}')
})

test('a network writes so many a minute, for whatever accounts, and then leaves what is kept alone', async () => {
  const others = [await createUser(), await createUser()]
  for (let i = 0; i < LIMITS['draft.address'].count - 1; i++) {
    await keepDraft(formOf(others[i % 2]?.id ?? ''), TASKS)
  }
  const token = await keepDraft(formOf(user.id), TASKS)
  expect(await keepDraft(formOf(user.id, { title: 'Forged' }), TASKS)).toBeNull()
  expect(await keepDraft(formOf(others[0]!.id), TASKS)).toBeNull()
  expect(await showDraft({ token: token ?? '', userId: user.id, page: '/tasks' })).not.toBeNull()
  expect(await allEvents()).toMatchObject([{ eventType: 'throttled', failureReason: 'draft.address' }])
  const elsewhere = { page: '/tasks', client: makeClient({ network: '198.51.100.1' }) }
  expect(await keepDraft(formOf(user.id), elsewhere)).not.toBeNull()
})
