import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseUrl, db } from '#lib/db/client.ts'
import { PrismaClient } from '#lib/db/generated/client.ts'
import { setTimesWithoutLimits } from '#lib/db/session-settings.ts'
import { blockNetwork, unblockNetwork } from '#lib/operator/block-network.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createSession,
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { networkOf } from '#lib/throttle/network.ts'
import { secondsLater } from '#lib/time.ts'
import { checkBlockedNetwork } from './check-blocked-network.ts'
import { logIn } from './log-in.ts'
import { refresh } from './refresh.ts'
import { authenticate } from './session/authenticate.ts'
import type { SignIn } from './session/start-session.ts'
import { withAccessToken } from './session/tokens.ts'
import { signUp } from './sign-up.ts'

const ADDRESS = '198.51.100.7'
const REFUSED = { ok: false, error: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } }
const FLOOD = Array.from({ length: 20 }, (_, i) => i)
const other = new PrismaClient({
  adapter: new PrismaPg({ connectionString: databaseUrl()!, max: 2, onConnect: setTimesWithoutLimits }),
})
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})
afterAll(() => other.$disconnect())

function from(ipAddress: string, own: Partial<SignIn> = {}): SignIn {
  return makeSignIn({ client: makeClient({ ipAddress, network: networkOf(ipAddress) }), ...own })
}

function logInFrom(ipAddress: string, own: Partial<SignIn> = {}, email = user.email, password = PASSWORD) {
  return logIn({ email, password }, from(ipAddress, own))
}

function signUpFrom(ipAddress: string) {
  const input = { email: 'new@example.com', password: 'seven quiet herons at dusk', name: null }
  return signUp(input, from(ipAddress))
}

async function countThrottled(): Promise<number> {
  return (await eventNames()).filter((name) => name === 'throttled address.block').length
}

describe.each([
  ['an IPv4 address', ADDRESS, ADDRESS, '198.51.100.8'],
  ['one that was named as IPv6', `::ffff:${ADDRESS}`, ADDRESS, '198.51.100.8'],
  ['an IPv6 /64', '2001:db8::1', '2001:db8::2:3:4:5', '2001:db8:0:1::1'],
])('a block of %s', (_, blocked, inside, outside) => {
  beforeEach(async () => {
    await blockNetwork(COMMAND_LINE, blocked, { seconds: 3600, now: new Date() })
  })

  test('refuses sign-up, log-in and refresh from the network, and from no other', async () => {
    const { refresh: token } = await createSession(user)
    const presented = (ipAddress: string) =>
      refresh(token.token, { client: from(ipAddress).client, transport: 'bearer', now: new Date() })
    expect(await signUpFrom(inside)).toEqual(REFUSED)
    expect(await logInFrom(inside)).toEqual(REFUSED)
    expect(await presented(inside)).toEqual(REFUSED)
    expect(await presented(outside)).toMatchObject({ ok: true })
    expect(await logInFrom(outside)).toMatchObject({ ok: true })
    expect(await signUpFrom(outside)).toMatchObject({ ok: true })
  })

  test('returns the seconds until it ends, and ends by itself', async () => {
    const client = from(inside).client
    const [block] = await db().blockedNetwork.findMany()
    const end = block!.blockedUntil
    expect(await checkBlockedNetwork({ client }, { now: secondsLater(end, -59.5) })).toMatchObject({
      error: { retryAfterSeconds: 60 },
    })
    expect(await checkBlockedNetwork({ client }, { now: secondsLater(end, -0.2) })).toMatchObject({
      error: { retryAfterSeconds: 1 },
    })
    expect(await checkBlockedNetwork({ client }, { now: end })).toEqual({ ok: true, value: null })
  })

  test('ends when it is lifted', async () => {
    await unblockNetwork(COMMAND_LINE, blocked, { now: new Date() })
    expect(await logInFrom(inside)).toMatchObject({ ok: true })
  })
})

describe('while an address is blocked', () => {
  beforeEach(async () => {
    await blockNetwork(COMMAND_LINE, ADDRESS, { seconds: 3600, now: new Date() })
  })

  test('gives one answer for all accounts, checks no password and takes no point', async () => {
    const answers = [
      await logInFrom(ADDRESS),
      await logInFrom(ADDRESS, {}, user.email, 'wrong'),
      await logInFrom(ADDRESS, {}, 'unknown@example.com'),
    ]
    expect(answers).toEqual([REFUSED, REFUSED, REFUSED])
    expect(await db().throttleBucket.count()).toBe(0)
  })

  test('records one event per block, at the first refusal', async () => {
    await Promise.all(FLOOD.map(() => logInFrom(ADDRESS)))
    await signUpFrom(ADDRESS)
    expect(await countThrottled()).toBe(1)
    const first = (await allEvents()).find(({ eventType }) => eventType === 'throttled')
    expect(first).toMatchObject({ success: false, userId: user.id, ipAddress: ADDRESS })
    await blockNetwork(COMMAND_LINE, ADDRESS, { seconds: 60, now: new Date() })
    await Promise.all(FLOOD.map(() => logInFrom(ADDRESS)))
    expect(await countThrottled()).toBe(2)
  })

  test('follows what another process blocks and lifts with the next request', async () => {
    const blockedUntil = secondsLater(new Date(), 60)
    await other.blockedNetwork.create({ data: { network: '198.51.100.9', blockedUntil } })
    expect(await logInFrom('198.51.100.9')).toEqual(REFUSED)
    await other.blockedNetwork.deleteMany()
    expect(await logInFrom('198.51.100.9')).toMatchObject({ ok: true })
  })

  test('accepts the access token of an active session, and leaves its refresh token unused', async () => {
    const signedIn = await withAccessToken(await createSession(user), new Date())
    const presentation = { client: from(ADDRESS).client, transport: 'bearer', now: new Date() } as const
    expect(
      await authenticate(signedIn.access.token, { client: presentation.client, now: new Date() }),
    ).toMatchObject({ ok: true })
    expect(await refresh(signedIn.refresh.token, presentation)).toEqual(REFUSED)
    await unblockNetwork(COMMAND_LINE, ADDRESS, { now: new Date() })
    expect(await refresh(signedIn.refresh.token, presentation)).toMatchObject({ ok: true })
  })
})

describe('the owner, at an address that is blocked because of other users', () => {
  let deviceToken: string

  beforeEach(async () => {
    const before = await logInFrom(ADDRESS, { transport: 'cookie' })
    if (!before.ok) throw new Error(before.error.code)
    deviceToken = before.value.deviceToken ?? ''
    await blockNetwork(COMMAND_LINE, ADDRESS, { seconds: 3600, now: new Date() })
  })

  test('logs in with a known browser, and stays logged in', async () => {
    const inside = await logInFrom(ADDRESS, { transport: 'cookie', now: new Date(), deviceToken })
    if (!inside.ok) throw new Error(inside.error.code)
    const presentation = { client: from(ADDRESS).client, transport: 'cookie', now: new Date() } as const
    expect(await refresh(inside.value.refresh.token, presentation)).toEqual(REFUSED)
    expect(await refresh(inside.value.refresh.token, { ...presentation, deviceToken })).toMatchObject({
      ok: true,
    })
    expect(await countThrottled()).toBe(1)
  })

  test('gains nothing from the address, by which API clients are known', async () => {
    await unblockNetwork(COMMAND_LINE, ADDRESS, { now: new Date() })
    await logInFrom(ADDRESS, { transport: 'bearer' })
    await blockNetwork(COMMAND_LINE, ADDRESS, { seconds: 3600, now: new Date() })
    expect(await logInFrom(ADDRESS, { transport: 'bearer' })).toEqual(REFUSED)
  })

  test('cannot log in to another account with the device cookie', async () => {
    const neighbour = await createUser()
    expect(await logInFrom('203.0.113.9', { transport: 'cookie' }, neighbour.email)).toMatchObject({
      ok: true,
    })
    const cookie = { transport: 'cookie', now: new Date(), deviceToken } as const
    expect(await logInFrom(ADDRESS, cookie, neighbour.email)).toEqual(REFUSED)
    const { refresh: token } = await createSession(neighbour, { transport: 'cookie' })
    const presentation = { client: from(ADDRESS).client, ...cookie }
    expect(await refresh(token.token, presentation)).toEqual(REFUSED)
  })

  test('is throttled like a known device', async () => {
    for (let i = 0; i < 20; i++)
      await logInFrom(ADDRESS, { transport: 'cookie', now: new Date(), deviceToken }, user.email, 'wrong')
    expect(await logInFrom(ADDRESS, { transport: 'cookie', now: new Date(), deviceToken })).toEqual(REFUSED)
    expect(await eventNames()).toContain('throttled login.known')
  })
})
