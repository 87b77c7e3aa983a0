import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { type Account, call, expectApiAnswer, expectError, signUp } from '../support/api.ts'
import { jwtSecret } from '../support/run.ts'
import { query } from '../support/sql.ts'
import {
  type Claims,
  claimsFor,
  decode,
  kidOf,
  mint,
  nowSeconds,
  tamper,
  unsigned,
} from '../support/tokens.ts'

/** Changes the claims of a valid token; undefined removes one. */
type Change = (claims: Claims) => Claims
const FOREIGN_SECRET = randomBytes(32).toString('base64url')
const UNKNOWN_ID = '018f0000-0000-7000-8000-000000000000'

function changed(change: Change | Claims, header: Claims = {}, secret = jwtSecret()) {
  return ({ claims }: Presented) => {
    const changes = typeof change === 'function' ? change(claims) : change
    const all = Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== undefined)
    return mint(Object.fromEntries(all), header, secret)
  }
}

type Presented = { account: Account; claims: Claims; other: Account }

const REFUSED: Record<string, (presented: Presented) => string | Promise<string>> = {
  garbage: () => 'garbage',
  'three empty parts': () => '..',
  'a refresh token': ({ account }) => account.refreshToken,
  'a token of 8 KB': changed(() => ({ padding: 'x'.repeat(8000) })),
  'alg none': ({ claims }) => unsigned(claims),
  'alg NONE': ({ claims }) => unsigned(claims, 'NONE'),
  'a removed signature': ({ account }) => account.token.replace(/[^.]+$/, ''),
  'a cut signature': ({ account }) => account.token.slice(0, -2),
  'alg HS512': changed({}, { alg: 'HS512' }, jwtSecret() + jwtSecret()),
  'another key': changed({}, { kid: kidOf(jwtSecret()) }, FOREIGN_SECRET),
  'another key with its own kid': changed({}, { kid: kidOf(FOREIGN_SECRET) }, FOREIGN_SECRET),
  'an empty key': ({ claims }) => unsigned(claims, 'HS256').concat('AAAA'),
  'an unknown kid': changed({}, { kid: 'deadbeefdeadbeef' }),
  'a kid that is a path': changed({}, { kid: '../../dev/null' }),
  'no kid': changed({}, { kid: undefined }),
  'typ JWT': changed({}, { typ: 'JWT' }),
  'no typ': changed({}, { typ: undefined }),
  'a tampered user': ({ account, other }) =>
    tamper(account.token, { sub: other.userId, user_id: other.userId }),
  'a tampered end': ({ account }) => tamper(account.token, { exp: nowSeconds() + 901 }),
  'another issuer': changed({ iss: 'https://elsewhere.example' }),
  'another audience': changed({ aud: 'https://elsewhere.example' }),
  'several audiences': changed(({ aud }) => ({ aud: [aud, 'https://elsewhere.example'] })),
  expired: changed({ iat: nowSeconds() - 900, exp: nowSeconds() - 10 }),
  'expired for ever': changed({ exp: 0 }),
  'issued in the future': changed({ iat: nowSeconds() + 60, exp: nowSeconds() + 120 }),
  'not valid yet': changed({ nbf: nowSeconds() + 60 }),
  'a lifetime of ten years': changed({ exp: nowSeconds() + 315_360_000 }),
  'a lifetime of a second too much': changed(({ iat }) => ({ exp: Number(iat) + 901 })),
  'an end before its beginning': changed({ iat: nowSeconds() + 4, exp: nowSeconds() + 3 }),
  'an end as text': changed(({ exp }) => ({ exp: String(exp) })),
  'a user_id that is not the sub': changed(() => ({ user_id: UNKNOWN_ID })),
  'a sub that is no id': changed({ sub: "' OR 1=1 --", user_id: "' OR 1=1 --" }),
  'an unknown user': changed({ sub: UNKNOWN_ID, user_id: UNKNOWN_ID }),
  'an unknown session': changed({ sid: randomUUID() }),
  'another user’s session': changed({}),
  'a session as object': changed({ sid: { not: null } }),
}
for (const name of ['iss', 'aud', 'sub', 'user_id', 'email', 'sid', 'jti', 'iat', 'exp']) {
  REFUSED[`no ${name}`] = changed({ [name]: undefined })
}

// One worker for the whole table, because the tests share two accounts.
test.describe.configure({ mode: 'default' })

let presented: Presented

test.beforeAll(async () => {
  const [account, other] = [await signUp(), await signUp()]
  presented = { account, other, claims: claimsFor(account, String(decode(account.token)[1]?.sid)) }
})

async function expectRefusedEverywhere(token: string): Promise<void> {
  expectError(await call('/api/me/tasks', { token }), 401, 'UNAUTHORIZED')
  expectError(await call('/api/auth/me', { token }), 401, 'UNAUTHORIZED')
  expectError(await call('/api/auth/me', { cookie: `taskward.access=${token}` }), 401, 'UNAUTHORIZED')
  const page = await call('/tasks', { cookie: `taskward.access=${token}` })
  expect([303, 307]).toContain(page.status)
  expect(page.headers.get('location')).toMatch(/^(http:\/\/localhost:\d+)?\/login\?next=%2Ftasks$/)
}

for (const [name, make] of Object.entries(REFUSED)) {
  test(`the API and pages reject a token with this defect: ${name}`, async () => {
    const sessionOfOther = { sid: decode(presented.other.token)[1]?.sid }
    const claims = { ...presented.claims, ...(name === 'another user’s session' && sessionOfOther) }
    await expectRefusedEverywhere(await make({ ...presented, claims }))
  })
}

test('a request without a token is rejected by the API and by pages', async () => {
  expectError(await call('/api/me/tasks'), 401, 'UNAUTHORIZED')
  await expectRefusedEverywhere('')
})

test('a valid token of a revoked session is rejected', async () => {
  const account = await signUp()
  await query("UPDATE sessions SET revoked_at = now(), revoked_reason = 'replaced' WHERE user_id = $1", [
    account.userId,
  ])
  await expectRefusedEverywhere(account.token)
})

test('an unchanged token of the table is accepted by the API and by a page', async () => {
  const token = await mint(presented.claims)
  expectApiAnswer(await call('/api/me/tasks', { token }), 200)
  expect((await call('/tasks', { cookie: `taskward.access=${token}` })).status).toBe(200)
})

test('a token whose times are off by a few seconds is accepted', async () => {
  const now = nowSeconds()
  for (const times of [{ iat: now + 3, exp: now + 60 }, { iat: now - 800, exp: now - 2 }, { nbf: now + 3 }]) {
    expectApiAnswer(
      await call('/api/me/tasks', { token: await mint({ ...presented.claims, ...times }) }),
      200,
    )
  }
})
