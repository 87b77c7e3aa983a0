import { describe, expect, test } from 'vitest'
import { secondsLater } from '#lib/testing/factories.ts'
import { judgeRefreshToken, type PresentedSession, type PresentedToken } from './judge-refresh-token.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const inSeconds = (seconds: number) => secondsLater(NOW, seconds)

const unused: PresentedToken = { expiresAt: inSeconds(1), rotatedAt: null, successor: null }
const open: PresentedSession = {
  transport: 'cookie',
  expiresAt: inSeconds(1),
  isRevoked: false,
  accountDisabledAt: null,
}

/** A token that was used `ago` seconds before now; its successor was not, or was. */
function used(ago: number, successorUsed = false): PresentedToken {
  return {
    ...unused,
    rotatedAt: inSeconds(-ago),
    successor: { rotatedAt: successorUsed ? inSeconds(-ago) : null },
  }
}

function judge(
  token: PresentedToken,
  session: Partial<PresentedSession> = {},
  transport?: 'cookie' | 'bearer',
) {
  const presented = { ...open, ...session }
  return judgeRefreshToken({
    token,
    session: presented,
    transport: transport ?? presented.transport,
    now: NOW,
  })
}

test.each(['cookie', 'bearer'] as const)('the first use of a %s token rotates it', (transport) => {
  expect(judge(unused, { transport })).toEqual({ verdict: 'rotate' })
})

describe('a used token of a cookie session', () => {
  test.each([
    ['at the same instant', 0],
    ['decided before the winner had started', -2],
    ['ten seconds later', 10],
  ])('%s is a tab that raced', (_, ago) => {
    expect(judge(used(ago))).toEqual({ verdict: 'replay' })
  })

  test.each([
    ['a moment after the window', used(10.001)],
    ['days later', used(86_400)],
    ['at once, but the successor is used too', used(0, true)],
    ['later, and the successor is used too', used(60, true)],
    ['without any successor', { ...used(0), successor: null }],
  ])('%s is a copy', (_, token) => {
    expect(judge(token)).toEqual({ verdict: 'reuse' })
  })
})

describe('a used token of a bearer session', () => {
  test('within the window is refused, and nothing else', () => {
    expect(judge(used(10), { transport: 'bearer' })).toEqual({ verdict: 'refuse', reason: 'raced' })
  })

  test.each([used(10.001), used(0, true)])('otherwise is a copy', (token) => {
    expect(judge(token, { transport: 'bearer' })).toEqual({ verdict: 'reuse' })
  })
})

describe('refused', () => {
  test.each<[string, Partial<PresentedSession>, Partial<PresentedToken>]>([
    ['session_revoked', { isRevoked: true }, {}],
    ['session_expired', { expiresAt: NOW }, {}],
    ['account_disabled', { accountDisabledAt: inSeconds(-1) }, {}],
    ['token_expired', {}, { expiresAt: NOW }],
  ])('%s, whether the token was used before or not', (reason, session, token) => {
    for (const presented of [unused, used(0), used(0, true), used(60)]) {
      expect(judge({ ...presented, ...token }, session)).toEqual({ verdict: 'refuse', reason })
    }
  })

  test.each([
    ['cookie', 'bearer'],
    ['bearer', 'cookie'],
  ] as const)('a %s token presented as %s: even a used one ends nothing', (transport, presentedAs) => {
    for (const token of [unused, used(0), used(60)]) {
      expect(judge(token, { transport }, presentedAs)).toEqual({
        verdict: 'refuse',
        reason: 'wrong_transport',
      })
    }
  })

  test('a session revoked for reuse never gets grace', () => {
    expect(judge(used(1), { isRevoked: true })).toEqual({ verdict: 'refuse', reason: 'session_revoked' })
  })
})
