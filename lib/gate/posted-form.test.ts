import { describe, expect, test } from 'vitest'
import { KNOWN_ACTIONS_HEADER } from './internal-headers.ts'
import { isKnownAction, readPostedForm } from './posted-form.ts'

const ID = `60${'0a'.repeat(20)}`
const STATE = { attempt: 1, message: null, errors: [], values: { title: '$$5 for tea', note: 'x' } }
const PLAIN: Record<string, string> = {
  $ACTION_REF_1: '',
  '$ACTION_1:0': `{"id":"${ID}","bound":"$@1"}`,
  '$ACTION_1:1': JSON.stringify([STATE]),
  $ACTION_KEY: 'k1234',
  form: 'add-task',
  title: 'Tea 木',
}
const ROUTER: Record<string, string> = {
  _1_form: 'add-task',
  _1_title: 'Tea 木',
  '0': JSON.stringify([STATE, '$K1']),
}

function request(entries: [string, string | Blob][], headers: Record<string, string> = {}): Request {
  const body = new FormData()
  for (const [name, value] of entries) body.append(name, value)
  return new Request('http://localhost/tasks', { method: 'POST', body, headers })
}

function post(fields: Record<string, string>, also: [string, string | Blob][] = []): Request {
  return request([...Object.entries(fields), ...also])
}

function callAction(fields: Record<string, string>, also: [string, string | Blob][] = [], id = ID): Request {
  return request([...Object.entries(fields), ...also], { 'next-action': id })
}

/** A body as it is. */
function raw(body: string, contentType: string, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/tasks', {
    method: 'POST',
    body,
    headers: { ...headers, 'content-type': contentType },
  })
}

const without = (fields: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name))

test('reads a form as a browser without JavaScript posts it', async () => {
  const fields = { form: 'add-task', title: 'Tea 木' }
  expect(await readPostedForm(post(PLAIN))).toEqual({ actionId: ID, fields })
  expect(await readPostedForm(post(fields))).toEqual({ actionId: null, fields })
})

test('reads a form with which the router calls an action', async () => {
  const fields = { form: 'add-task', title: 'Tea 木' }
  expect(await readPostedForm(callAction(ROUTER))).toEqual({ actionId: ID, fields })
  // An action that does not use its state gets none.
  expect(await readPostedForm(callAction({ ...ROUTER, '0': '["$undefined","$K1"]' }))).toMatchObject({
    actionId: ID,
  })
})

test.each<[string, Request]>([
  ['a reference without its action', post(without(PLAIN, '$ACTION_1:0'))],
  ['a reference without its state', post(without(PLAIN, '$ACTION_1:1'))],
  ['a reference without its key', post(without(PLAIN, '$ACTION_KEY'))],
  ['an action without a reference', post(without(PLAIN, '$ACTION_REF_1'))],
  ['a second reference', post(PLAIN, [['$ACTION_REF_2', '']])],
  ['the same field of Next.js twice', post(PLAIN, [['$ACTION_1:0', PLAIN['$ACTION_1:0'] ?? '']])],
  ['a further chunk', post(PLAIN, [['$ACTION_1:2', '"x"']])],
  ['an action by its id alone', post({ form: 'add-task', [`$ACTION_ID_${ID}`]: '' })],
  ['an id of another length', post({ ...PLAIN, '$ACTION_1:0': '{"id":"x","bound":"$@1"}' })],
  ['an id that is a property', post({ ...PLAIN, '$ACTION_1:0': '{"id":"__proto__","bound":"$@1"}' })],
  ['other bound arguments', post({ ...PLAIN, '$ACTION_1:0': `{"id":"${ID}","bound":"$@2"}` })],
  ['a state that is no JSON', post({ ...PLAIN, '$ACTION_1:1': '[' })],
  ['two states', post({ ...PLAIN, '$ACTION_1:1': '[{},{}]' })],
  ['a state that is too deep', post({ ...PLAIN, '$ACTION_1:1': '['.repeat(30_000) + ']'.repeat(30_000) })],
  ['a file', post(PLAIN, [['title', new Blob(['x'])]])],
  ['no arguments', callAction(without(ROUTER, '0'))],
  ['arguments twice', callAction(ROUTER, [['0', '[]']])],
  ['arguments that are no list', callAction({ ...ROUTER, '0': '{}' })],
  ['a third argument', callAction({ ...ROUTER, '0': '[{},"$K1",1]' })],
  ['another form', callAction({ ...ROUTER, '0': '[{},"$K2"]' })],
  ['a further chunk for the router', callAction(ROUTER, [['1', '"x"']])],
  ['a field of another form', callAction(ROUTER, [['_2_title', 'x']])],
  ['an id of another length for the router', callAction(ROUTER, [], 'x')],
  ['an id in capitals', callAction(ROUTER, [], ID.toUpperCase())],
  ['text', raw('[]', 'text/plain', { 'next-action': ID })],
  ['JSON', raw('[{},"$K1"]', 'application/json', { 'next-action': ID })],
  ['no boundary', raw('--x--', 'multipart/form-data')],
  ['another boundary', raw('--x\r\n\r\n--x--\r\n', 'multipart/form-data; boundary=y')],
  ['a part without a name', raw('--x\r\n\r\n1\r\n--x--\r\n', 'multipart/form-data; boundary=x')],
  [
    'a body that is cut short',
    raw('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', 'multipart/form-data; boundary=x'),
  ],
  ['an empty body', raw('', 'multipart/form-data; boundary=x')],
])('reads no form in %s', async (_, odd) => {
  expect(await readPostedForm(odd)).toBeNull()
})

describe('refuses instructions to React’s decoder', () => {
  const INSTRUCTIONS = [
    '$1',
    '$@0',
    '$F1',
    '$T',
    '$K1',
    '$B1',
    '$Q1',
    '$W0',
    '$n1',
    '$D0',
    '$:a',
    '$',
    '$undefinedx',
    '$1:then:constructor',
  ]

  test.each(INSTRUCTIONS)('%s', async (text) => {
    for (const state of [text, [text], { values: { a: text } }, { a: [{ b: text }] }]) {
      expect(await readPostedForm(callAction({ ...ROUTER, '0': JSON.stringify([state, '$K1']) }))).toBeNull()
      expect(await readPostedForm(post({ ...PLAIN, '$ACTION_1:1': JSON.stringify([state]) }))).toBeNull()
    }
  })

  test('a prototype', async () => {
    expect(await readPostedForm(callAction({ ...ROUTER, '0': '[{"__proto__":{"a":1}},"$K1"]' }))).toBeNull()
  })
})

test('knows the actions of this build, and leaves the decision to Next.js if the server did not name them', () => {
  const named = new Headers({ [KNOWN_ACTIONS_HEADER]: `a ${ID} b` })
  expect(isKnownAction(named, ID)).toBe(true)
  expect(isKnownAction(named, ID.slice(1))).toBe(false)
  expect(isKnownAction(new Headers({ [KNOWN_ACTIONS_HEADER]: '' }), ID)).toBe(false)
  expect(isKnownAction(new Headers(), ID)).toBe(true)
})
