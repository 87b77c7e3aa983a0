import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createUser, makeClient, makeSignIn, type TestUser } from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { findKnownBrowser, findKnownNetwork } from './find-known-device.ts'
import { rememberDevice } from './remember-device.ts'

const START = new Date('2026-11-20T12:00:00.000Z')
const DAY = 86_400
const NETWORK = '203.0.113.9'
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

/** @returns the cookie */
async function remember(transport: 'cookie' | 'bearer', deviceToken?: string, who = user, now = START) {
  const signIn = makeSignIn({ transport, deviceToken, now })
  return (await rememberDevice(db(), { userId: who.id, signIn })).deviceToken
}

async function isKnownBrowser(deviceToken: string, who = user, now = START): Promise<boolean> {
  return (await findKnownBrowser({ email: who.email, deviceToken, now })) !== null
}

async function isKnownNetwork(network: string, now = START): Promise<boolean> {
  return (await findKnownNetwork({ email: user.email, network, now })) !== null
}

describe('a browser', () => {
  test('is known by its cookie for 400 days after its last log-in, and its network is not', async () => {
    const deviceToken = (await remember('cookie'))!
    expect(await isKnownBrowser(deviceToken, user, secondsLater(START, 400 * DAY - 1))).toBe(true)
    expect(await isKnownBrowser(deviceToken, user, secondsLater(START, 400 * DAY))).toBe(false)
    expect(await remember('cookie', deviceToken, user, secondsLater(START, 400 * DAY))).not.toBe(deviceToken)
    expect(await isKnownBrowser(deviceToken.slice(1))).toBe(false)
    expect(await isKnownNetwork(NETWORK)).toBe(false)
  })

  test('keeps its cookie at the next log-in', async () => {
    const deviceToken = (await remember('cookie'))!
    expect(await remember('cookie', deviceToken)).toBe(deviceToken)
    expect(await db().knownDevice.count()).toBe(1)
  })

  test('with two accounts has one cookie, known to each account separately', async () => {
    const other = await createUser()
    const deviceToken = (await remember('cookie'))!
    expect(await isKnownBrowser(deviceToken, other)).toBe(false)
    expect(await remember('cookie', deviceToken, other)).toBe(deviceToken)
    expect(await isKnownBrowser(deviceToken, other)).toBe(true)
    expect(await isKnownBrowser(deviceToken)).toBe(true)
  })

  test.each(['', 'planted', randomBytes(32).toString('base64url')])(
    'is not known by a planted cookie: %j',
    async (planted) => {
      const given = await remember('cookie', planted)
      expect(given).not.toBe(planted)
      expect(await isKnownBrowser(planted)).toBe(false)
    },
  )

  test('has its cookie stored as a hash', async () => {
    const deviceToken = (await remember('cookie'))!
    const [row] = await db().knownDevice.findMany()
    expect(row?.fingerprint).toMatch(/^cookie:[\w-]{43}$/)
    expect(row?.fingerprint).not.toContain(deviceToken)
  })
})

test('keeps the 50 devices that logged in last', async () => {
  const [other, tokens] = [await createUser(), [] as string[]]
  const foreign = await remember('cookie', undefined, other)
  for (let i = 0; i < 52; i++)
    tokens.push((await remember('cookie', undefined, user, secondsLater(START, i)))!)
  await remember('cookie', tokens[2], user, secondsLater(START, 60))
  await remember('bearer', undefined, user, secondsLater(START, 61))
  expect(await db().knownDevice.count({ where: { userId: user.id } })).toBe(50)
  const known = await Promise.all(tokens.map((deviceToken) => isKnownBrowser(deviceToken)))
  expect(known.flatMap((isKnown, place) => (isKnown ? [] : [place]))).toEqual([0, 1, 3])
  expect(await isKnownBrowser(foreign!, other)).toBe(true)
})

describe('an API client', () => {
  test('is known by its network for 30 days after its last log-in, and gets no cookie', async () => {
    expect(await remember('bearer')).toBeNull()
    expect(await isKnownNetwork(NETWORK, secondsLater(START, 30 * DAY - 1))).toBe(true)
    expect(await isKnownNetwork(NETWORK, secondsLater(START, 30 * DAY))).toBe(false)
    expect(await isKnownNetwork('203.0.113.10')).toBe(false)
    await remember('bearer', undefined, user, secondsLater(START, 20 * DAY))
    expect(await isKnownNetwork(NETWORK, secondsLater(START, 49 * DAY))).toBe(true)
    expect(await db().knownDevice.count()).toBe(1)
  })

  test('cannot pass a network off as a cookie, or a cookie as a network', async () => {
    await rememberDevice(db(), {
      userId: user.id,
      signIn: makeSignIn({ client: makeClient({ ipAddress: 'x' }), now: START }),
    })
    expect(await isKnownBrowser('x')).toBe(false)
    expect(await isKnownBrowser('network:x')).toBe(false)
  })
})
