import { describe, expect, test } from 'vitest'
import { secondsLater } from '#lib/time.ts'
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

test.each(['cookie', 'bearer'] as const)('rotates a %s token at its first use', (transport) => {
  expect(judge(unused, { transport })).toEqual({ verdict: 'rotate' })
})

describe('a used token of a cookie session, presented', () => {
  test.each([
    ['at the same instant', 0],
    ['before the winner had started', -2],
    ['ten seconds later', 10],
  ])('%s gets the same successor', (_, ago) => {
    expect(judge(used(ago))).toEqual({ verdict: 'replay' })
  })

  test.each([
    ['a moment after the grace period', used(10.001)],
    ['days later', used(86_400)],
    ['immediately, but the successor is used too', used(0, true)],
    ['later, and the successor is used too', used(60, true)],
    ['without any successor', { ...used(0), successor: null }],
  ])('%s is reuse', (_, token) => {
    expect(judge(token)).toEqual({ verdict: 'reuse' })
  })
})

describe('a used token of a bearer session', () => {
  test('is refused within the grace period', () => {
    expect(judge(used(10), { transport: 'bearer' })).toEqual({ verdict: 'refuse', reason: 'raced' })
  })

  test.each([used(10.001), used(0, true)])('is reuse otherwise', (token) => {
    expect(judge(token, { transport: 'bearer' })).toEqual({ verdict: 'reuse' })
  })
})

describe('refuses', () => {
  test.each<[string, Partial<PresentedSession>, Partial<PresentedToken>]>([
    ['session_revoked', { isRevoked: true }, {}],
    ['session_expired', { expiresAt: NOW }, {}],
    ['account_disabled', { accountDisabledAt: inSeconds(-1) }, {}],
    ['token_expired', {}, { expiresAt: NOW }],
  ])('%s, whether the token was used or not', (reason, session, token) => {
    for (const presented of [unused, used(0), used(0, true), used(60)]) {
      expect(judge({ ...presented, ...token }, session)).toEqual({ verdict: 'refuse', reason })
    }
  })

  test.each([
    ['cookie', 'bearer'],
    ['bearer', 'cookie'],
  ] as const)('a %s token presented as %s, without judging reuse', (transport, presentedAs) => {
    for (const token of [unused, used(0), used(60)]) {
      expect(judge(token, { transport }, presentedAs)).toEqual({
        verdict: 'refuse',
        reason: 'wrong_transport',
      })
    }
  })

  test('a used token of a revoked session, even within the grace period', () => {
    expect(judge(used(1), { isRevoked: true })).toEqual({ verdict: 'refuse', reason: 'session_revoked' })
  })
})
