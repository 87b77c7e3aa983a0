import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createSession,
  createUser,
  eventNames,
  makeClient,
  type TestUser,
} from '#lib/testing/factories.ts'
import { accessCookie, bearer, makeRequest, ourOrigin } from '#lib/testing/requests.ts'
import { type Access, authorize } from './authorize.ts'

const UNAUTHORIZED = { ok: false, error: { code: 'UNAUTHORIZED' } }
const FORBIDDEN = { ok: false, error: { code: 'FORBIDDEN' } }
const UNSAFE = ['POST', 'PUT', 'PATCH', 'DELETE']
const FOREIGN: Record<string, string>[] = [
  {},
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { 'sec-fetch-site': 'same-site' },
]
const client = makeClient()
let user: TestUser
let token: string
let sessionId: string

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
  const signedIn = await withAccessToken(await createSession(user), new Date())
  token = signedIn.access.token
  sessionId = signedIn.session.id
})

function ask(access: Access, headers: Record<string, string>, { method = 'GET', userId = 'me' } = {}) {
  return authorize(makeRequest({ method, headers }), { access, params: { userId }, client, now: new Date() })
}

async function expectActor(answer: ReturnType<typeof ask>) {
  expect(await answer).toMatchObject({ ok: true, value: { userId: user.id, sessionId, client } })
}

test('ignores every token at a public endpoint', async () => {
  for (const headers of [{}, bearer('garbage'), accessCookie('garbage'), bearer(token)]) {
    expect(await ask('public', headers, { method: 'POST' })).toEqual({ ok: true, value: null })
  }
})

describe.each(['bearer', 'signed-in', 'actor', 'owner'] as const)('access %s', (access) => {
  test('is granted to a bearer token from any site', async () => {
    for (const method of ['GET', 'HEAD', ...UNSAFE]) {
      await expectActor(ask(access, { ...bearer(token), origin: 'https://elsewhere.example' }, { method }))
    }
  })

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['garbage', bearer('garbage')],
    ['an empty header', { authorization: '' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a garbage cookie', accessCookie('garbage')],
  ])('is refused to %s', async (_, headers) => {
    expect(await ask(access, headers)).toEqual(UNAUTHORIZED)
  })

  test('is refused to the token of a revoked session', async () => {
    const data = { revokedAt: new Date(), revokedReason: 'logged_out' } as const
    await db().session.update({ where: { id: sessionId }, data })
    expect(await ask(access, bearer(token))).toEqual(UNAUTHORIZED)
  })

  test('ignores the cookie if the header has a bearer token, valid or not', async () => {
    const cookie = accessCookie(token)
    for (const authorization of ['Bearer garbage', 'bearer', 'Bearer ']) {
      expect(await ask(access, { ...cookie, ...ourOrigin(), authorization })).toEqual(UNAUTHORIZED)
    }
    await expectActor(ask(access, { ...accessCookie('garbage'), ...bearer(token) }, { method: 'POST' }))
  })
})

describe('cookies', () => {
  test('serve requests with another authorization scheme, for pages of this site alone', async () => {
    for (const authorization of ['Basic x', '', 'garbage']) {
      const cookie = { ...accessCookie(token), authorization }
      await expectActor(ask('actor', { ...cookie, ...ourOrigin() }, { method: 'POST' }))
      expect(await ask('actor', cookie, { method: 'POST' })).toEqual(FORBIDDEN)
      expect(await ask('bearer', cookie)).toEqual(UNAUTHORIZED)
    }
  })

  test('of two accounts serve for neither', async () => {
    const other = await withAccessToken(await createSession(await createUser()), new Date())
    const cookie = `${accessCookie(token).cookie}; ${accessCookie(other.access.token).cookie}`
    for (const method of ['GET', 'POST']) {
      expect(await ask('actor', { cookie, ...ourOrigin() }, { method })).toEqual(UNAUTHORIZED)
    }
  })

  test('serve where a browser may read', async () => {
    for (const access of ['actor', 'owner'] as const) {
      for (const method of ['GET', 'HEAD']) await expectActor(ask(access, accessCookie(token), { method }))
    }
  })

  test('do not serve where only bearers may call', async () => {
    for (const method of ['GET', 'POST']) {
      expect(await ask('bearer', { ...accessCookie(token), ...ourOrigin() }, { method })).toEqual(
        UNAUTHORIZED,
      )
    }
  })

  test.each(UNSAFE)('%s needs the site’s own origin', async (method) => {
    for (const access of ['actor', 'owner'] as const) {
      const cookie = accessCookie(token)
      await expectActor(ask(access, { ...cookie, ...ourOrigin() }, { method }))
      await expectActor(ask(access, { ...cookie, 'sec-fetch-site': 'same-origin' }, { method }))
      for (const foreign of FOREIGN) {
        expect(await ask(access, { ...cookie, ...foreign }, { method })).toEqual(FORBIDDEN)
      }
    }
  })

  test('refuses a forged request before it checks the token', async () => {
    const headers = { ...accessCookie('garbage'), origin: 'https://evil.example' }
    expect(await ask('owner', headers, { method: 'DELETE' })).toEqual(FORBIDDEN)
  })
})

describe('the owner', () => {
  test('is named by id, in any case, or as me', async () => {
    for (const userId of [user.id, user.id.toUpperCase(), 'me']) {
      await expectActor(ask('owner', bearer(token), { userId }))
    }
    expect(await eventNames()).toEqual([])
  })

  test("another's path is forbidden, whether that user exists or not, and recorded", async () => {
    const other = await createUser()
    for (const userId of [other.id, randomUUID(), 'ME', '', '1', `${user.id} `, '\0']) {
      expect(await ask('owner', bearer(token), { userId })).toEqual(FORBIDDEN)
    }
    const events = await allEvents()
    expect(events).toHaveLength(7)
    expect(events[0]).toMatchObject({
      eventType: 'access_denied',
      failureReason: 'foreign_path',
      userId: user.id,
      sessionId,
    })
  })

  test('refuses a path without a user', async () => {
    const rule = { access: 'owner', params: {}, client, now: new Date() } as const
    expect(await authorize(makeRequest({ headers: bearer(token) }), rule)).toEqual(FORBIDDEN)
  })

  test('checks the token before the owner', async () => {
    expect(await ask('owner', bearer('garbage'), { userId: randomUUID() })).toEqual(UNAUTHORIZED)
    expect(await eventNames()).toEqual([])
  })
})

describe('an administrator', () => {
  const HIDDEN = { ok: false, error: { code: 'NOT_FOUND' } }
  const setRole = (role: 'user' | 'admin') => db().user.update({ where: { id: user.id }, data: { role } })

  test('passes until the demotion, and not with the next request and the same token', async () => {
    await setRole('admin')
    await expectActor(ask('admin', bearer(token), { method: 'DELETE' }))
    await setRole('user')
    expect(await ask('admin', bearer(token), { method: 'DELETE' })).toEqual(HIDDEN)
  })

  test('answers 404 to an ordinary user, and records each try', async () => {
    for (const method of ['GET', ...UNSAFE])
      expect(await ask('admin', bearer(token), { method })).toEqual(HIDDEN)
    expect(await eventNames()).toEqual(Array(5).fill('access_denied not_an_administrator'))
  })

  test('checks the token before the role', async () => {
    expect(await ask('admin', bearer('garbage'))).toEqual(UNAUTHORIZED)
    expect(await eventNames()).toEqual([])
  })
})

describe.each([
  ['change their password', 'PASSWORD_CHANGE_REQUIRED', { passwordChangeRequiredAt: new Date(0) }],
  ['confirm their email', 'EMAIL_NOT_CONFIRMED', {}],
] as const)('a user who must %s', (_, code, state) => {
  const REFUSED = { ok: false, error: { code } }

  beforeEach(async () => {
    nodeEnv().requireConfirmedEmail = code === 'EMAIL_NOT_CONFIRMED'
    await db().user.update({ where: { id: user.id }, data: { role: 'admin', ...state } })
  })

  afterEach(() => {
    nodeEnv().requireConfirmedEmail = false
  })

  test('may log out and read their account, and do nothing else', async () => {
    for (const access of ['bearer', 'signed-in'] as const) await expectActor(ask(access, bearer(token)))
    const isUnconfirmed = code === 'EMAIL_NOT_CONFIRMED'
    if (isUnconfirmed) await expectActor(ask('unconfirmed', bearer(token)))
    else expect(await ask('unconfirmed', bearer(token))).toEqual(REFUSED)
    for (const access of ['actor', 'owner', 'admin'] as const) {
      expect(await ask(access, bearer(token))).toEqual(REFUSED)
      const cookie = { ...accessCookie(token), ...ourOrigin() }
      expect(await ask(access, cookie, { method: 'POST' })).toEqual(REFUSED)
    }
  })

  test('may do the rest once it is done', async () => {
    const data = { passwordChangeRequiredAt: null, emailVerified: new Date() }
    await db().user.update({ where: { id: user.id }, data })
    await expectActor(ask('owner', bearer(token)))
  })

  test('receives no more about other users than before', async () => {
    expect(await ask('owner', bearer(token), { userId: randomUUID() })).toEqual(FORBIDDEN)
    await db().user.update({ where: { id: user.id }, data: { role: 'user' } })
    expect(await ask('admin', bearer(token))).toEqual({ ok: false, error: { code: 'NOT_FOUND' } })
  })
})
