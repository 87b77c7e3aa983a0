import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createUser, makeClient, type TestUser } from '#lib/testing/factories.ts'
import { LIMITS } from '#lib/throttle/limits.ts'
import { secondsLater } from '#lib/time.ts'
import { deleteFormDraft, getFormDrafts, hasFormDraft, saveFormDrafts } from './form-drafts.ts'

const NOW = new Date('2026-11-28T12:00:00.000Z')
const HOUR = 60 * 60
const TASKS = { page: '/tasks', client: makeClient(), now: NOW }
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

function formOf(account: string, more: Record<string, string> = {}) {
  return { form: 'add-task', account, account_email: 'a@example.com', title: 'Typed', ...more }
}

async function keep(more: Record<string, string> = {}, known?: string): Promise<string> {
  const token = await saveFormDrafts([formOf(user.id, more)], { ...TASKS, known })
  if (!token) throw new Error('nothing was kept')
  return token
}

const shownTo = (token: string, userId = user.id, page = '/tasks', now = NOW) =>
  getFormDrafts({ token, userId, page, now })

test('returns the text to its account on its page, without passwords and hidden fields', async () => {
  const token = await keep({ description: 'x'.repeat(700), password: 'secret', $ACTION_KEY: 'k' })
  expect(await hasFormDraft(token, NOW)).toBe(true)
  expect(await shownTo(token)).toEqual([
    {
      form: 'add-task',
      message: expect.stringContaining('What you typed last was not saved.'),
      values: { title: 'Typed', description: 'x'.repeat(700) },
    },
  ])
})

test('returns nothing to another account, on another page, or without the browser’s token', async () => {
  const token = await keep()
  expect(await shownTo(token, (await createUser()).id)).toEqual([])
  expect(await shownTo(token, user.id, '/settings/sessions')).toEqual([])
  expect(await shownTo('another')).toEqual([])
  expect(await hasFormDraft('another', NOW)).toBe(false)
})

test('saves nothing without text, a form’s name, or an existing account', async () => {
  for (const form of [
    formOf(user.id, { title: ' ' }),
    formOf(user.id, { form: '' }),
    formOf(user.id, { form: 'x'.repeat(5_000) }),
    formOf(randomUUID()),
    formOf('not-an-id'),
    { title: 'Typed' },
  ]) {
    expect(await saveFormDrafts([form], TASKS)).toBeNull()
  }
  expect(await db().draft.count()).toBe(0)
})

test('saves every form of a browser with its last text', async () => {
  const forms = [formOf(user.id), formOf(user.id, { form: 'edit-task 1', title: 'Edited' })]
  const token = (await saveFormDrafts(forms, TASKS)) ?? ''
  expect(await keep({ form: 'edit-task 2', title: 'Another' }, token)).toBe(token)
  expect(await keep({ title: 'Later' }, token)).toBe(token)
  const titles = (await shownTo(token)).map(({ form, values }) => [form, values.title])
  expect(titles).toEqual([
    ['add-task', 'Later'],
    ['edit-task 1', 'Edited'],
    ['edit-task 2', 'Another'],
  ])
})

test('saves the drafts of two accounts in one browser separately', async () => {
  const other = await createUser()
  const token = await keep()
  await saveFormDrafts([formOf(other.id, { title: 'Other' })], { ...TASKS, known: token })
  await deleteFormDraft({ token, userId: other.id, form: 'add-task' })
  expect((await shownTo(token))[0]?.values).toEqual({ title: 'Typed' })
  expect(await shownTo(token, other.id)).toEqual([])
})

test('replaces the draft of another browser, and accepts no token that it has not issued', async () => {
  const first = await keep()
  const second = await keep({ form: 'edit-task 1', title: 'Later' }, 'short')
  expect(second).toMatch(/^[\w-]{43}$/)
  expect(await hasFormDraft(first, NOW)).toBe(false)
  expect((await shownTo(second)).map(({ values }) => values)).toEqual([{ title: 'Later' }])
})

test('keeps the last ten forms of an account', async () => {
  const token = await keep()
  for (let number = 0; number < 12; number++) await keep({ form: `edit-task ${number}` }, token)
  expect(await db().draft.count()).toBe(10)
  expect((await shownTo(token)).map(({ form }) => form)).toContain('edit-task 11')
})

test('expires after a day, and ten minutes after it was shown', async () => {
  const token = await keep()
  const at = (seconds: number) => shownTo(token, user.id, '/tasks', secondsLater(NOW, seconds))
  expect(await at(23 * HOUR)).toHaveLength(1)
  expect(await at(23 * HOUR + 9 * 60)).toHaveLength(1)
  expect(await at(23 * HOUR + 11 * 60)).toEqual([])
  const unseen = await keep()
  expect(await shownTo(unseen, user.id, '/tasks', secondsLater(NOW, 25 * HOUR))).toEqual([])
})

test('is deleted with its form or its account', async () => {
  const token = await keep()
  await deleteFormDraft({ token, userId: user.id, form: 'complete-task' })
  expect(await hasFormDraft(token, NOW)).toBe(true)
  await deleteFormDraft({ token, userId: user.id, form: 'add-task' })
  expect(await hasFormDraft(token, NOW)).toBe(false)
  await keep()
  await db().user.delete({ where: { id: user.id } })
  expect(await db().draft.count()).toBe(0)
})

test('stores text that a database could refuse', async () => {
  const odd = 'a\0b\\u0000 “ä 木” \u{1f331}'
  const token = await keep({ title: odd })
  expect((await shownTo(token))[0]?.values.title).toBe('ab\\u0000 “ä 木” \u{1f331}')
})

test('limits the drafts of a network per minute, across accounts, and keeps the saved ones', async () => {
  const others = [await createUser(), await createUser()]
  for (let i = 0; i < LIMITS['draft.address'].count - 1; i++) {
    await saveFormDrafts([formOf(others[i % 2]?.id ?? '')], TASKS)
  }
  const token = await saveFormDrafts([formOf(user.id)], TASKS)
  expect(await saveFormDrafts([formOf(user.id, { title: 'Forged' })], TASKS)).toBeNull()
  expect(await saveFormDrafts([formOf(others[0]!.id)], TASKS)).toBeNull()
  expect(await getFormDrafts({ token: token ?? '', userId: user.id, page: '/tasks', now: NOW })).toHaveLength(
    1,
  )
  expect(await allEvents()).toMatchObject([{ eventType: 'throttled', failureReason: 'draft.address' }])
  const elsewhere = { ...TASKS, client: makeClient({ network: '198.51.100.1' }) }
  expect(await saveFormDrafts([formOf(user.id)], elsewhere)).not.toBeNull()
})
