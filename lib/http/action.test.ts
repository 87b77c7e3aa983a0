import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { INITIAL_FORM_STATE } from '#lib/form-state.ts'
import { err, ok } from '#lib/result.ts'
import { runAction } from './action.ts'

vi.mock('next/headers', () => ({ headers: async () => new Headers() }))

const actor = { userId: randomUUID(), email: 'ada@example.com' }
const own = { account: actor.userId, account_email: actor.email }
const work = vi.fn(async () => ok(undefined))

beforeEach(() => work.mockClear())

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

const run = (who: typeof actor | null, fields: Record<string, string>) =>
  runAction(who, INITIAL_FORM_STATE, formOf(fields), z.object({ title: z.string().min(1) }), work)

test('runs a form of the signed-in account’s page, and one of a visitor', async () => {
  expect(await run(actor, { ...own, title: 'Tea' })).toEqual(INITIAL_FORM_STATE)
  expect(await run(null, { title: 'Tea' })).toEqual(INITIAL_FORM_STATE)
  expect(work).toHaveBeenCalledTimes(2)
})

test('refuses a form of another account’s page, names both accounts, and keeps the typed text without passwords', async () => {
  const form = {
    account: randomUUID(),
    account_email: 'bob@example.com',
    title: 'Tea',
    current_password: 'secret',
  }
  expect(await run(actor, form)).toEqual({
    attempt: 1,
    message: expect.stringMatching(
      /belongs to bob@example\.com, but this browser is now logged in as ada@example\.com\. Nothing was changed\./,
    ),
    errors: [],
    values: { title: 'Tea' },
  })
  expect(work).not.toHaveBeenCalled()
})

test.each<[string, Record<string, string>]>([
  ['without an account', { title: 'Tea' }],
  ['with an empty account', { account: '', title: 'Tea' }],
  ['with the address alone', { account_email: 'ada@example.com', title: 'Tea' }],
])('runs nothing from a page %s, and calls it out of date', async (_, form) => {
  const state = await run(actor, form)
  expect(state).toMatchObject({ message: expect.stringContaining('out of date'), values: { title: 'Tea' } })
  expect(work).not.toHaveBeenCalled()
})

test('compares the account before it validates the form', async () => {
  const state = await run(actor, { account: randomUUID(), title: '' })
  expect(state).toMatchObject({ message: expect.stringContaining('another account'), errors: [] })
})

test('refuses a call without a form', async () => {
  for (const odd of [undefined, null, 'x', {}]) {
    const state = await runAction(actor, INITIAL_FORM_STATE, odd as unknown as FormData, z.object({}), work)
    expect(state).toMatchObject({ message: expect.stringContaining('out of date') })
  }
  expect(work).not.toHaveBeenCalled()
})

test('shows a failure of the work and keeps the typed text', async () => {
  const refused = runAction(
    actor,
    { ...INITIAL_FORM_STATE, attempt: 2 },
    formOf({ ...own, title: 'Tea' }),
    z.object({}),
    async () => err({ code: 'RATE_LIMITED', retryAfterSeconds: 60 } as const),
  )
  expect(await refused).toMatchObject({
    attempt: 3,
    message: expect.stringContaining('in a minute'),
    values: { title: 'Tea' },
  })
})

test.each([
  ...[
    ' spaces ',
    'a\r\nb',
    'a\nb',
    'a\rb',
    '\r\n',
    'a\0b',
    '\ufeffa\ufffd',
    '\t\u00a0\u200b',
    '$K1',
    '%0D%0A&amp;',
  ],
  'x'.repeat(1024),
])('hands the password %j on as it came, as the API does', async (password) => {
  const form = formOf({ current_password: password, description: 'a\r\nb' })
  await runAction(null, INITIAL_FORM_STATE, form, z.record(z.string(), z.string()), work)
  expect(work).toHaveBeenCalledWith({ current_password: password, description: 'a\nb' }, expect.anything())
})
