import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { issueAccessToken } from '#lib/auth/issue-access-token.ts'
import { secondsLater } from '#lib/testing/factories.ts'
import { checkForm, checkFormInOutage } from './check-form.ts'
import { KNOWN_ACTIONS_HEADER } from './posted-form.ts'
import { unpackReturnedForm } from './returned-form.ts'

const KNOWN = `60${'0a'.repeat(20)}`
const UNKNOWN = `60${'0b'.repeat(20)}`
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

async function returned(judged: Request, actingToken: string | null) {
  const verdict = await checkForm(judged, actingToken)
  return typeof verdict === 'string' ? unpackReturnedForm(verdict) : verdict
}

test('lets a form of this build and of the acting account run', async () => {
  for (const send of [post, callAction]) {
    expect(await checkForm(send(KNOWN, { form: 'add-task', ...own, ...typed }), token)).toBeNull()
    expect(await checkForm(send(KNOWN, { form: 'log-in', email: 'a@b.co' }), null)).toBeNull()
    // Nobody is signed in: the action sends them to log in.
    expect(await checkForm(send(KNOWN, { form: 'add-task', ...own }), 'garbage')).toBeNull()
  }
})

test('brings a form of another build back with what was typed', async () => {
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

test('brings a form of another account’s page back, and names both accounts', async () => {
  const form = { form: 'add-task', ...others, ...typed }
  const answer = await returned(post(KNOWN, form), token)
  expect(answer).toMatchObject({ form: 'add-task', values: typed })
  expect(answer).toMatchObject({
    message: expect.stringMatching(/belongs to bob@example\.com, but .* as ada@example\.com/),
  })
  expect(await returned(post(UNKNOWN, form), token)).toEqual(answer)
})

test('answers the router with the mark on which the page sends the form again', async () => {
  for (const call of [
    callAction(UNKNOWN, { form: 'add-task', ...own }),
    callAction(KNOWN, { form: 'add-task', ...others }),
    callAction(KNOWN, { form: 'add-task' }),
  ]) {
    const answer = await checkForm(call, token)
    if (!(answer instanceof Response)) throw new Error('The form was not refused.')
    expect([answer.status, answer.headers.get('x-nextjs-action-not-found')]).toEqual([409, '1'])
  }
})

test('refuses what no form of this site sends, and leaves alone what is no form of an action', async () => {
  for (const odd of [
    request({}, {}),
    request({ title: 'x' }, {}),
    request({ $ACTION_REF_1: '' }, {}),
    post(UNKNOWN, typed),
  ]) {
    const answer = await checkForm(odd, token)
    expect(answer).toMatchObject({ status: 400 })
  }
  const plain = new Request('http://localhost/tasks', {
    method: 'POST',
    body: new URLSearchParams({ a: 'b' }),
  })
  expect(await checkForm(plain, token)).toBeNull()
})

test('in an outage an action gets a refusal in words, and a plain form comes back without passwords', async () => {
  const refusal = await checkFormInOutage(request({ 0: '[]' }, { 'next-action': KNOWN }))
  if (!(refusal instanceof Response)) throw new Error('a form came back')
  expect([refusal.status, refusal.headers.get('content-type')]).toEqual([503, 'text/plain'])
  expect(await refusal.text()).toMatch(/nothing was done\. What you typed is still here/)

  const back = await checkFormInOutage(
    request({ ...own, ...typed, form: 'add-task', password: 'secret' }, {}),
  )
  expect(typeof back === 'string' && unpackReturnedForm(back)).toMatchObject({ values: typed })
  expect(decodeURIComponent(String(back))).not.toContain('secret')
})

test('in an outage a form that is none of this site comes back empty', async () => {
  const plain = new Request('http://localhost/tasks', { method: 'POST', body: new URLSearchParams(typed) })
  expect(typeof (await checkFormInOutage(plain))).toBe('string')
})
