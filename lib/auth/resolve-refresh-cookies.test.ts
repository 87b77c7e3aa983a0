import { beforeEach, describe, expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser, makeClient, type TestUser } from '#lib/testing/factories.ts'
import { logOut } from './log-out.ts'
import { refresh } from './refresh.ts'
import { resolveRefreshCookies } from './resolve-refresh-cookies.ts'
import { newRefreshToken } from './session/refresh-token.ts'

const client = makeClient()
let victim: TestUser
let attacker: TestUser

beforeEach(async () => {
  await emptyTables()
  ;[victim, attacker] = [await createUser(), await createUser()]
})

async function session(user: TestUser, transport: 'cookie' | 'bearer' = 'cookie') {
  const { session, refresh } = await createSession(user, { transport })
  return { id: session.id, token: refresh.token }
}

/** The choice must not depend on the order of the cookies. */
async function choice(tokens: string[], sessionIds: string[] = []) {
  const [there, back] = [
    await resolveRefreshCookies(tokens, { sessionIds, now: new Date() }),
    await resolveRefreshCookies(tokens.toReversed(), { sessionIds, now: new Date() }),
  ]
  expect(back).toEqual(there)
  return there.ok ? there.value : null
}

test('takes a single token without a query', async () => {
  expect(await choice(['whatever'])).toBe('whatever')
  expect(await choice([])).toBeNull()
})

describe('of several cookies', () => {
  test('chooses the one of a cookie session, not unknown ones or an API client’s', async () => {
    const [own, program] = [await session(victim), await session(attacker, 'bearer')]
    expect(await choice([newRefreshToken(), own.token, 'x', program.token])).toBe(own.token)
  })

  test('chooses the active one, not ended ones of the same account', async () => {
    const [old, own] = [await session(victim), await session(victim)]
    await logOut(old.id, { client, now: new Date() })
    expect(await choice([old.token, own.token])).toBe(own.token)
  })

  test('chooses the unused one, not its predecessors, which would end the session', async () => {
    const { token } = await session(victim)
    const next = await refresh(token, { client, transport: 'cookie', now: new Date() })
    const successor = next.ok ? next.value.refresh.token : ''
    expect(await choice([token, successor])).toBe(successor)
  })

  test('chooses none if two sessions are active, of one account or of two', async () => {
    const [own, second, planted] = [await session(victim), await session(victim), await session(attacker)]
    expect(await choice([own.token, second.token])).toBeNull()
    expect(await choice([own.token, planted.token])).toBeNull()
  })

  test('chooses no planted one even if the browser’s own session has ended', async () => {
    const [own, planted] = [await session(victim), await session(attacker)]
    await logOut(own.id, { client, now: new Date() })
    expect(await choice([own.token, planted.token])).toBeNull()
  })
})

describe('with an access token', () => {
  test('chooses only a refresh token of the same session', async () => {
    const [own, second, planted] = [await session(victim), await session(victim), await session(attacker)]
    expect(await choice([own.token], [own.id])).toBe(own.token)
    expect(await choice([planted.token], [own.id])).toBeNull()
    expect(await choice([second.token], [own.id])).toBeNull()
    expect(await choice([planted.token, second.token, own.token], [own.id])).toBe(own.token)
  })

  test('ignores sessions of access tokens that no refresh token belongs to', async () => {
    const [own, planted] = [await session(victim), await session(attacker)]
    expect(await choice([own.token], [planted.id, own.id])).toBe(own.token)
    expect(await choice([own.token, planted.token], [planted.id, own.id])).toBeNull()
  })

  test('leaves an unknown refresh token to the rotation, which refuses it', async () => {
    const own = await session(victim)
    expect(await choice(['unknown'], [own.id])).toBe('unknown')
  })
})
