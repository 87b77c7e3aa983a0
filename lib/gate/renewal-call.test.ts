import { createHmac, hkdfSync } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import { newRefreshToken } from '#lib/auth/session/refresh-token.ts'
import { isSignedCall, signCall } from './renewal-call.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const BODY = JSON.stringify({ refreshToken: newRefreshToken(), clientAddress: '203.0.113.9 x' })
const [OLD, NEW] = [newRefreshToken(), newRefreshToken()]

const secondsLater = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

/** The module of another server, with this JWT_SECRET. */
async function serverWith(jwtSecret: string): Promise<typeof import('./renewal-call.ts')> {
  vi.resetModules()
  vi.stubEnv('JWT_SECRET', jwtSecret)
  const server = await import('./renewal-call.ts')
  await server.signCall('warm up', NOW)
  return server
}

beforeEach(() => vi.unstubAllEnvs())

test('accepts a call that this server signed', async () => {
  expect(await isSignedCall({ signature: await signCall(BODY, NOW), body: BODY }, NOW)).toBe(true)
})

test.each([
  [0, true],
  [30, true],
  [31, false],
  [3600, false],
  [-30, true],
  [-31, false],
])('after %i s a signature is valid: %s', async (seconds, isGood) => {
  expect(
    await isSignedCall({ signature: await signCall(BODY, NOW), body: BODY }, secondsLater(seconds)),
  ).toBe(isGood)
})

test('rejects an expired signature under a newer time', async () => {
  const [, mac] = (await signCall(BODY, NOW)).split('.')
  const later = secondsLater(60)
  expect(await isSignedCall({ signature: `${later.getTime() / 1000}.${mac}`, body: BODY }, later)).toBe(false)
})

test.each([
  ['another token', BODY.replace('refreshToken":"', 'refreshToken":"_')],
  ['another address', BODY.replace('203', '204')],
  ['a longer body', `${BODY} `],
  ['no body', ''],
])('rejects a signature over another body: %s', async (_, body) => {
  expect(await isSignedCall({ signature: await signCall(BODY, NOW), body }, NOW)).toBe(false)
})

test('rejects the signature of a server with another secret', async () => {
  const stranger = await serverWith(newRefreshToken())
  expect(await isSignedCall({ signature: await stranger.signCall(BODY, NOW), body: BODY }, NOW)).toBe(false)
})

test('with two secrets signs with the first and accepts both', async () => {
  const [before, during, after] = [
    await serverWith(OLD),
    await serverWith(`${NEW},${OLD}`),
    await serverWith(NEW),
  ]
  const [byOld, byBoth] = [await before.signCall(BODY, NOW), await during.signCall(BODY, NOW)]
  expect(await during.isSignedCall({ signature: byOld, body: BODY }, NOW)).toBe(true)
  expect(await after.isSignedCall({ signature: byBoth, body: BODY }, NOW)).toBe(true)
  expect(await before.isSignedCall({ signature: byBoth, body: BODY }, NOW)).toBe(false)
  expect(await after.isSignedCall({ signature: byOld, body: BODY }, NOW)).toBe(false)
})

test('signs with a key of its own (HKDF), which does not sign access tokens', async () => {
  const seconds = NOW.getTime() / 1000
  const sign = (key: string | ArrayBuffer) =>
    `${seconds}.${createHmac('sha256', typeof key === 'string' ? key : Buffer.from(key))
      .update(`${seconds}\n${BODY}`)
      .digest('base64')}`
  const server = await serverWith(NEW)
  expect(await server.signCall(BODY, NOW)).toBe(sign(hkdfSync('sha256', NEW, '', 'taskward renewal v1', 32)))
  expect(await server.isSignedCall({ signature: sign(NEW), body: BODY }, NOW)).toBe(false)
})

test.each(['', '.', 'x', '1795176000', '1795176000.', '1795176000.AAAA', `1795176000.${'A'.repeat(43)}=`])(
  'rejects %j in place of a signature',
  async (signature) => {
    expect(await isSignedCall({ signature, body: BODY }, NOW)).toBe(false)
  },
)

test.each([
  (good: string) => ` ${good}`,
  (good: string) => `${good}\n`,
  (good: string) => `0${good}`,
  (good: string) => `-${good}`,
  (good: string) => `${good}, ${good}`,
  (good: string) => good.replace('=', ''),
])(
  'another spelling of a valid signature is rejected, or bound to the same body and time (%o)',
  async (respell) => {
    const respelt = respell(await signCall(BODY, NOW))
    expect(await isSignedCall({ signature: respelt, body: `${BODY}x` }, NOW)).toBe(false)
    expect(await isSignedCall({ signature: respelt, body: BODY }, secondsLater(31))).toBe(false)
  },
)
