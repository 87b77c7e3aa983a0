import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { issueAccessToken } from '#lib/auth/issue-access-token.ts'
import { secondsLater } from '#lib/time.ts'
import { checkForm, checkFormInOutage, type FormCheck } from './check-form.ts'
import { KNOWN_ACTIONS_HEADER } from './internal-headers.ts'
import { unpackReturnedForm } from './returned-form.ts'

const KNOWN = `60${'0a'.repeat(20)}`
const UNKNOWN = `60${'0b'.repeat(20)}`
const ACCEPTED = { outcome: 'accepted' }
const userId = randomUUID()
const own = { account: userId, account_email: 'ada@example.com' }
const others = { account: randomUUID(), account_email: 'bob@example.com' }
const typed = { title: 'Tea 木\nand “more”', note: '' }
let token: string

beforeAll(async () => {
  const subject = { userId, email: 'ada@example.com', sessionId: randomUUID() }
  token = (
    await issueAccessToken({ ...subject, sessionExpiresAt: secondsLater(new Date(), 900) }, new Date())
  ).token
})

function request(entries: Record<string, string>, headers: Record<string, string>): Request {
  const body = new FormData()
  for (const [name, value] of Object.entries(entries)) body.append(name, value)
  return new Request('http://localhost/tasks', {
    method: 'POST',
    body,
    headers: { [KNOWN_ACTIONS_HEADER]: KNOWN, ...headers },
  })
}

function post(actionId: string, fields: Record<string, string>): Request {
  const marks = {
    $ACTION_REF_1: '',
    '$ACTION_1:0': `{"id":"${actionId}","bound":"$@1"}`,
    '$ACTION_1:1': '[null]',
    $ACTION_KEY: 'k1',
  }
  return request({ ...marks, ...fields }, {})
}

function callAction(actionId: string, fields: Record<string, string>): Request {
  const prefixed = Object.entries(fields).map(([name, value]) => [`_1_${name}`, value])
  return request({ ...Object.fromEntries(prefixed), '0': '[null,"$K1"]' }, { 'next-action': actionId })
}

function check(form: Request, actingToken: string | null): Promise<FormCheck> {
  return checkForm(form, { actingToken, now: new Date() })
}

async function returned(form: Request, actingToken: string | null) {
  const result = await check(form, actingToken)
  return result.outcome === 'returned' ? unpackReturnedForm(result.header) : result
}

function refusalOf(result: FormCheck): Response {
  if (result.outcome !== 'refused') throw new Error(`The form was ${result.outcome}.`)
  return result.response
}

test('accepts a form of this build and of the acting account', async () => {
  for (const send of [post, callAction]) {
    expect(await check(send(KNOWN, { form: 'add-task', ...own, ...typed }), token)).toEqual(ACCEPTED)
    expect(await check(send(KNOWN, { form: 'log-in', email: 'a@b.co' }), null)).toEqual(ACCEPTED)
    // Signed out: the action redirects to the log-in.
    expect(await check(send(KNOWN, { form: 'add-task', ...own }), 'garbage')).toEqual(ACCEPTED)
  }
})

test('returns a form of another build with the typed text', async () => {
  const form = { form: 'add-task', ...own, ...typed, current_password: 'secret' }
  const message = expect.stringContaining('This page was out of date')
  expect(await returned(post(UNKNOWN, form), token)).toEqual({ form: 'add-task', message, values: typed })
  expect(await returned(request({ ...form }, {}), token)).toEqual({
    form: 'add-task',
    message,
    values: typed,
  })
  expect(await returned(post(KNOWN, { form: 'add-task', ...typed }), token)).toMatchObject({ message })
})

test('returns a form of another account’s page and names both accounts', async () => {
  const form = { form: 'add-task', ...others, ...typed }
  const answer = await returned(post(KNOWN, form), token)
  expect(answer).toMatchObject({ form: 'add-task', values: typed })
  expect(answer).toMatchObject({
    message: expect.stringMatching(/belongs to bob@example\.com, but .* as ada@example\.com/),
  })
  expect(await returned(post(UNKNOWN, form), token)).toEqual(answer)
})

test('answers the router with the mark that makes the page post the form again', async () => {
  for (const call of [
    callAction(UNKNOWN, { form: 'add-task', ...own }),
    callAction(KNOWN, { form: 'add-task', ...others }),
    callAction(KNOWN, { form: 'add-task' }),
  ]) {
    const { status, headers } = refusalOf(await check(call, token))
    expect([status, headers.get('x-nextjs-action-not-found')]).toEqual([409, '1'])
  }
})

test('refuses a form that no page of this site sends, and accepts one that calls no action', async () => {
  for (const odd of [
    request({}, {}),
    request({ title: 'x' }, {}),
    request({ $ACTION_REF_1: '' }, {}),
    post(UNKNOWN, typed),
  ]) {
    expect(refusalOf(await check(odd, token)).status).toBe(400)
  }
  const plain = new Request('http://localhost/tasks', {
    method: 'POST',
    body: new URLSearchParams({ a: 'b' }),
  })
  expect(await check(plain, token)).toEqual(ACCEPTED)
})

test('in an outage refuses an action call with a text, and returns a plain form without passwords', async () => {
  const refusal = refusalOf(await checkFormInOutage(request({ 0: '[]' }, { 'next-action': KNOWN })))
  expect([refusal.status, refusal.headers.get('content-type')]).toEqual([503, 'text/plain'])
  expect(await refusal.text()).toMatch(/nothing was done\. What you typed is still here/)

  const back = await checkFormInOutage(
    request({ ...own, ...typed, form: 'add-task', password: 'secret' }, {}),
  )
  const header = back.outcome === 'returned' ? back.header : null
  expect(unpackReturnedForm(header)).toMatchObject({ values: typed })
  expect(decodeURIComponent(String(header))).not.toContain('secret')
})

test('in an outage returns an empty form for one of another site', async () => {
  const plain = new Request('http://localhost/tasks', { method: 'POST', body: new URLSearchParams(typed) })
  expect(await checkFormInOutage(plain)).toMatchObject({ outcome: 'returned' })
})
