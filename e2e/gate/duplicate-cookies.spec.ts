import { expect, test } from '@playwright/test'
import { call, type SignedIn, signUp } from '../support/api.ts'
import { cookiesOf, fill, logInByForm, openForm } from '../support/forms.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { sessionsOf } from '../support/sessions.ts'

// On http another server on the same host can set a cookie of the same name (decision 0018).

const MAX_HOPS = 5

type Tokens = { access: string; refresh: string }
type Duplicates = (tokens: Tokens) => string[]

const access = (value: string) => `taskward.access=${value}`
const refresh = (value: string) => `taskward.refresh=${value}`
const encoded = (token: string) => token.replaceAll('.', '%2E').replaceAll('-', '%2D')

const DUPLICATES: Record<string, Duplicates> = {
  'a bad access cookie first': (own) => [access('bad'), access(own.access)],
  'a bad access cookie last': (own) => [access(own.access), access('bad')],
  'an empty access cookie first': (own) => [access(''), access(own.access)],
  'an empty access cookie last': (own) => [access(own.access), access('')],
  'a percent-encoded copy first': (own) => [access(encoded(own.access)), access(own.access)],
  'a percent-encoded copy last': (own) => [access(own.access), access(encoded(own.access))],
  'a quoted copy first': (own) => [access(`"${own.access}"`), access(own.access)],
  'bad duplicates of both first': (own) => [
    access('bad'),
    refresh('bad'),
    access(own.access),
    refresh(own.refresh),
  ],
  'bad duplicates of both last': (own) => [
    access(own.access),
    refresh(own.refresh),
    access('bad'),
    refresh('bad'),
  ],
  'empty duplicates of both first': (own) => [
    access(''),
    refresh(''),
    access(own.access),
    refresh(own.refresh),
  ],
  'bad duplicates around a refresh cookie alone': (own) => [
    access('bad'),
    refresh('bad'),
    refresh(own.refresh),
  ],
  'a percent-encoded access cookie with the refresh cookie': (own) => [
    access(encoded(own.access)),
    refresh(own.refresh),
  ],
}

async function logInAsNewUser() {
  const account = await signUp({ server: SHARED_SERVER })
  const pairs = cookiesOf(await logInByForm(account, { server: SHARED_SERVER })).split('; ')
  const tokenIn = (name: string) => pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
  return {
    account,
    tokens: { access: tokenIn('taskward.access') ?? '', refresh: tokenIn('taskward.refresh') ?? '' },
  }
}

/** Follows redirects with the same cookies. @returns the last response and its path */
async function visit(start: string, cookie: string) {
  let path = start
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const answer = await call(path, { cookie })
    const location = answer.headers.get('location')
    if (!location) return { path, ...answer }
    path = location.replace(SHARED_SERVER, '')
  }
  throw new Error(`The redirects from ${start} do not end.`)
}

for (const [name, duplicate] of Object.entries(DUPLICATES)) {
  test(`${name}: pages, API and forms use the session, and the log-out ends it`, async () => {
    const { account, tokens } = await logInAsNewUser()
    const cookie = duplicate(tokens).join('; ')
    const isRenewed = !cookie.includes(access(tokens.access))
    const paths = isRenewed ? ['/tasks'] : ['/tasks', '/login?next=%2Ftasks', '/login', '/signup', '/']
    for (const start of paths) {
      const { path, status, text } = await visit(start, cookie)
      expect([start, path, status]).toEqual([start, '/tasks', 200])
      expect(text).toContain(account.email)
    }
    const me = await call<SignedIn>('/api/auth/me', { cookie, headers: { 'sec-fetch-site': 'same-origin' } })
    expect([me.status, me.body.email]).toEqual([200, account.email])

    const form = fill(await openForm('/tasks', 'New task', { cookie }), { title: `With ${name}` })
    const added = await call('/tasks', { cookie, body: form, headers: { origin: SHARED_SERVER } })
    expect([added.status, added.headers.get('location')]).toEqual([303, '/tasks'])
    expect((await visit('/tasks', cookie)).text).toContain(`With ${name}`)

    const loggedOut = await call('/logout', { method: 'POST', cookie, headers: { origin: SHARED_SERVER } })
    expect([loggedOut.status, loggedOut.headers.get('location')]).toEqual([303, '/login'])
    expect((await sessionsOf(account)).filter(({ revoked_reason }) => revoked_reason === null)).toEqual([])
    const after = await visit('/tasks', cookie)
    expect([after.path, after.status]).toEqual(['/login?next=%2Ftasks', 200])
  })
}

test('bad duplicates alone mean signed out, and no page redirects in a loop', async () => {
  const { tokens } = await logInAsNewUser()
  for (const cookie of [
    [access('bad'), access('worse')],
    [access(''), access('bad'), refresh('bad'), refresh('')],
    [access(encoded(tokens.access))],
    [refresh(`"${tokens.refresh}"`), refresh('bad')],
  ].map((pairs) => pairs.join('; '))) {
    for (const start of ['/tasks', '/login?next=%2Ftasks', '/login', '/signup']) {
      const { path, status } = await visit(start, cookie)
      const expected = start === '/tasks' ? '/login?next=%2Ftasks' : start
      expect([cookie, path, status]).toEqual([cookie, expected, 200])
    }
    expect((await call('/api/auth/me', { cookie })).status).toBe(401)
  }
})
