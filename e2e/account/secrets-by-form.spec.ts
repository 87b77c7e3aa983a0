import { newEmail } from '../support/accounts.ts'
import { call } from '../support/api.ts'
import { openForm } from '../support/forms.ts'
import { MAIN } from '../support/run.ts'
import { expect, test } from '../support/test.ts'

/** Passwords that some layer between a form and a hash could change; each of them a passphrase by its length. */
const NASTY: Record<string, string> = {
  'spaces at the ends': '  seven quiet herons  ',
  'line ends of the web': 'seven\r\nquiet\r\nherons',
  'other line ends': '\nseven\rquiet herons\n',
  'a NUL': 'seven quiet\0 herons',
  'a replacement character': 'seven quiet \ufffd herons',
  'what looks like an escape': 'seven%20quiet+herons%0D%0A',
  'what looks like a reference of React’s': '$K1seven quiet herons',
  'quotes and semicolons': '"seven"; name="quiet"; herons',
  'what no one sees': 'seven\u200b quiet\u00ad herons\u2060',
  'marks of their own': 'se\u0301ven quie\u0308t he\u0301rons',
  'the greatest length': '👩‍👩‍👧'.repeat(25),
}

const BOUNDARY = '----TaskwardFormBoundary7MA4YWxkTrZu0gW'

/** The fields in multipart as they are: `fetch` would change the line ends. */
function multipart(fields: [string, string][]) {
  const parts = fields.map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return {
    headers: { origin: MAIN, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: `${parts.join('')}--${BOUNDARY}--\r\n`,
  }
}

type Path = '/login' | '/signup'
type Credentials = { email: string; password: string }

/** As a browser without JavaScript sends the form. */
async function postPlainly(path: Path, credentials: Credentials): Promise<string | null> {
  const form = [...(await openForm(path, 'Password'))].map(([name, value]): [string, string] => [
    name,
    String(value),
  ])
  const answer = await call(path, multipart([...form, ...Object.entries(credentials)]))
  return answer.headers.get('location')
}

/** As the router of a page with JavaScript calls the action. */
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

for (const [what, password] of Object.entries(NASTY)) {
  test(`a password with ${what} is the same over the API and by both kinds of form`, async () => {
    const accounts = [1, 2, 3].map(() => ({ email: newEmail(), password }))
    const [byApi, byForm, byAction] = accounts as [Credentials, Credentials, Credentials]
    expect((await call('/api/auth/signup', { json: byApi })).status).toBe(201)
    expect(await postPlainly('/signup', byForm)).toBe('/tasks')
    expect(await callAction('/signup', byAction)).toMatch(/^\/tasks/)
    for (const account of accounts) {
      expect((await call('/api/auth/login', { json: account })).status).toBe(200)
      expect(await postPlainly('/login', account)).toBe('/tasks')
      expect(await callAction('/login', account)).toMatch(/^\/tasks/)
    }
  })
}

test('a password that is longer than any can be, or broken, is refused by both', async () => {
  const email = newEmail()
  for (const password of ['x'.repeat(1025), 'x'.repeat(30_000)]) {
    expect((await call('/api/auth/login', { json: { email, password } })).status).toBe(400)
    expect(await postPlainly('/login', { email, password })).toBeNull()
    expect(await callAction('/login', { email, password })).toBeNull()
  }
})
