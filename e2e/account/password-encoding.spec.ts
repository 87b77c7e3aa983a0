import { newEmail } from '../support/accounts.ts'
import { call } from '../support/api.ts'
import { openForm } from '../support/forms.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { expect, test } from '../support/test.ts'

/** Passwords that a layer between a form and the hash could change. All are long enough to be valid. */
const FRAGILE_PASSWORDS: Record<string, string> = {
  'leading and trailing spaces': '  seven quiet herons  ',
  'CRLF line ends': 'seven\r\nquiet\r\nherons',
  'LF and CR line ends': '\nseven\rquiet herons\n',
  'a NUL': 'seven quiet\0 herons',
  'a replacement character': 'seven quiet \ufffd herons',
  'percent-encoded characters': 'seven%20quiet+herons%0D%0A',
  'the syntax of a React reference': '$K1seven quiet herons',
  'quotes and semicolons': '"seven"; name="quiet"; herons',
  'invisible characters': 'seven\u200b quiet\u00ad herons\u2060',
  'combining marks': 'se\u0301ven quie\u0308t he\u0301rons',
  'the maximum length': '👩‍👩‍👧'.repeat(25),
}

const BOUNDARY = '----TaskwardFormBoundary7MA4YWxkTrZu0gW'

/** Encodes the fields as multipart without changes. `fetch` would normalize the line ends. */
function multipart(fields: [string, string][]) {
  const parts = fields.map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return {
    headers: { origin: SHARED_SERVER, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: `${parts.join('')}--${BOUNDARY}--\r\n`,
  }
}

type Path = '/login' | '/signup'
type Credentials = { email: string; password: string }

/** Sends the form as a browser without JavaScript does. */
async function postForm(path: Path, credentials: Credentials): Promise<string | null> {
  const form = [...(await openForm(path, 'Password'))].map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  const answer = await call(path, multipart([...form, ...Object.entries(credentials)]))
  return answer.headers.get('location')
}

/** Calls the action as the router of a page with JavaScript does. */
async function callAction(path: Path, credentials: Credentials): Promise<string | null> {
  const form = await openForm(path, 'Password')
  const [, action = ''] = /"id":"(\w+)"/.exec([...form.values()].join()) ?? []
  const fields = Object.entries(credentials).map(([name, value]): [string, string] => [`_1_${name}`, value])
  const { headers, body } = multipart([
    ...fields,
    ['0', '[{"attempt":0,"message":null,"errors":[],"values":{}},"$K1"]'],
  ])
  const answer = await call(path, { headers: { ...headers, 'next-action': action }, body })
  return answer.headers.get('x-action-redirect')
}

for (const [what, password] of Object.entries(FRAGILE_PASSWORDS)) {
  test(`a password with ${what} set by the API or by a form logs in by either`, async () => {
    const accounts = [1, 2, 3].map(() => ({ email: newEmail(), password }))
    const [byApi, byForm, byAction] = accounts as [Credentials, Credentials, Credentials]
    expect((await call('/api/auth/signup', { json: byApi })).status).toBe(201)
    expect(await postForm('/signup', byForm)).toBe('/tasks')
    expect(await callAction('/signup', byAction)).toMatch(/^\/tasks/)
    for (const account of accounts) {
      expect((await call('/api/auth/login', { json: account })).status).toBe(200)
      expect(await postForm('/login', account)).toBe('/tasks')
      expect(await callAction('/login', account)).toMatch(/^\/tasks/)
    }
  })
}

test('a password beyond the maximum length is rejected by the API and by both kinds of form', async () => {
  const email = newEmail()
  for (const password of ['x'.repeat(1025), 'x'.repeat(30_000)]) {
    expect((await call('/api/auth/login', { json: { email, password } })).status).toBe(400)
    expect(await postForm('/login', { email, password })).toBeNull()
    expect(await callAction('/login', { email, password })).toBeNull()
  }
})
