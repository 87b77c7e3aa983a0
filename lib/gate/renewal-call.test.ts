import { createHmac, hkdfSync } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { newRefreshToken } from '#lib/auth/session/refresh-token.ts'
import { isSignedCall, signCall } from './renewal-call.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const BODY = JSON.stringify({ refreshToken: newRefreshToken(), clientAddress: '203.0.113.9 x' })
const [OLD, NEW] = [newRefreshToken(), newRefreshToken()]

const secondsLater = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

/** The module as another server holds it, whose JWT_SECRET is this. */
async function serverWith(jwtSecret: string): Promise<typeof import('./renewal-call.ts')> {
  vi.resetModules()
  vi.stubEnv('JWT_SECRET', jwtSecret)
  const server = await import('./renewal-call.ts')
  await server.signCall('warm up')
  return server
}

beforeEach(() => vi.unstubAllEnvs())

test('a call that this server signed is one', async () => {
  expect(await isSignedCall(await signCall(BODY, NOW), BODY, NOW)).toBe(true)
})

test.each([
  [0, true],
  [30, true],
  [31, false],
  [3600, false],
  [-30, true],
  [-31, false],
])('%i s later it is %s', async (seconds, isGood) => {
  expect(await isSignedCall(await signCall(BODY, NOW), BODY, secondsLater(seconds))).toBe(isGood)
})

test('a stale signature is not freshened by another time', async () => {
  const [, mac] = (await signCall(BODY, NOW)).split('.')
  const later = secondsLater(60)
  expect(await isSignedCall(`${later.getTime() / 1000}.${mac}`, BODY, later)).toBe(false)
})

test.each([
  ['another token', BODY.replace(/refreshToken":"./, 'refreshToken":"_')],
  ['another address', BODY.replace('203', '204')],
  ['a longer one', `${BODY} `],
  ['none', ''],
])('a signature is for its own body: %s', async (_, body) => {
  expect(await isSignedCall(await signCall(BODY, NOW), body, NOW)).toBe(false)
})

test('whoever knows no secret cannot sign', async () => {
  const stranger = await serverWith(newRefreshToken())
  expect(await isSignedCall(await stranger.signCall(BODY, NOW), BODY, NOW)).toBe(false)
})

test('with two secrets the first signs and both are good', async () => {
  const [before, during, after] = [
    await serverWith(OLD),
    await serverWith(`${NEW},${OLD}`),
    await serverWith(NEW),
  ]
  const [byOld, byBoth] = [await before.signCall(BODY, NOW), await during.signCall(BODY, NOW)]
  expect(await during.isSignedCall(byOld, BODY, NOW)).toBe(true)
  expect(await after.isSignedCall(byBoth, BODY, NOW)).toBe(true)
  expect(await before.isSignedCall(byBoth, BODY, NOW)).toBe(false)
  expect(await after.isSignedCall(byOld, BODY, NOW)).toBe(false)
})

test('the key is one of its own (HKDF), not the one that signs access tokens', async () => {
  const seconds = NOW.getTime() / 1000
  const sign = (key: string | ArrayBuffer) =>
    `${seconds}.${createHmac('sha256', typeof key === 'string' ? key : Buffer.from(key))
      .update(`${seconds}\n${BODY}`)
      .digest('base64')}`
  const server = await serverWith(NEW)
  expect(await server.signCall(BODY, NOW)).toBe(sign(hkdfSync('sha256', NEW, '', 'taskward renewal v1', 32)))
  expect(await server.isSignedCall(sign(NEW), BODY, NOW)).toBe(false)
})

test.each(['', '.', 'x', '1795176000', '1795176000.', '1795176000.AAAA', `1795176000.${'A'.repeat(43)}=`])(
  'no signature at all: %j',
  async (signature) => {
    expect(await isSignedCall(signature, BODY, NOW)).toBe(false)
  },
)

test.each([
  (good: string) => ` ${good}`,
  (good: string) => `${good}\n`,
  (good: string) => `0${good}`,
  (good: string) => `-${good}`,
  (good: string) => `${good}, ${good}`,
  (good: string) => good.replace('=', ''),
])('another spelling of a good signature is none, or still means the same (%o)', async (respell) => {
  const respelt = respell(await signCall(BODY, NOW))
  expect(await isSignedCall(respelt, `${BODY}x`, NOW)).toBe(false)
  expect(await isSignedCall(respelt, BODY, secondsLater(31))).toBe(false)
})
