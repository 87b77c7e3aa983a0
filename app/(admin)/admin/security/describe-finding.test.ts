import { expect, test } from 'vitest'
import type { FindingView } from '#lib/watch/findings/list-findings.ts'
import { listNetworks } from '#lib/watch/patterns/network-evidence.ts'
import { type Pattern, THRESHOLDS } from '#lib/watch/patterns/thresholds.ts'
import { describeFinding } from './describe-finding.ts'

const ATTACK = { network: '203.0.113.9', count: 24 }
const HOME = { network: '192.0.2.1', count: 1 }
const USER = '018f0000-0000-7000-8000-000000000001'

function finding(own: Partial<FindingView>): FindingView {
  return {
    id: '018f0000-0000-7000-8000-000000000002',
    pattern: 'account_failures',
    subject: 'subject',
    userId: null,
    email: null,
    sessionId: null,
    network: null,
    networks: [],
    networkCount: 0,
    confidence: 'medium',
    firstSeenAt: new Date('2026-03-01T09:00:30Z'),
    lastSeenAt: new Date('2026-03-01T09:05:00Z'),
    count: 3,
    details: {},
    handledAt: null,
    handledBy: null,
    ...own,
  }
}

test.each(Object.keys(THRESHOLDS) as Pattern[])('describes %s in a sentence', (pattern) => {
  const { text, evidence } = describeFinding(finding({ pattern, userId: USER, email: 'ada@example.com' }))
  expect(text).toMatch(/^[\p{L}\d].+\.$/u)
  expect(evidence).toMatch(/^3 \w/)
})

test('links to the account’s evidence, to the minute, with the last event', () => {
  const { text, evidence, evidencePath, from } = describeFinding(
    finding({
      userId: USER,
      email: 'ada@example.com',
      ...listNetworks([ATTACK], { suspect: ATTACK.network }),
      count: 1,
    }),
  )
  expect(text).toContain('ada@example.com')
  expect(from).toBe('From 203.0.113.9 (24 events).')
  expect(evidence).toBe('1 failed log-in')
  expect(Object.fromEntries(new URL(evidencePath, 'http://x').searchParams)).toEqual({
    kind: 'login_failed',
    user: USER,
    from: '2026-03-01T09:00',
    to: '2026-03-01T09:06',
  })
})

test('links to the address’s evidence and offers to block it', () => {
  const network = '2001:db8:0:0::/64'
  const shown = '2001:db8::/64'
  const found = describeFinding(
    finding({
      pattern: 'password_spraying',
      ...listNetworks([{ network, count: 24 }], { suspect: network }),
    }),
  )
  expect(found).toMatchObject({ from: null, mayBlock: shown, mayEndSessions: null })
  expect(found.text).toBe(`${shown} is trying passwords on one account after another.`)
  expect(new URL(found.evidencePath, 'http://x').searchParams.get('address')).toBe(shown)
})

test('lists every network and offers to block only the suspect', () => {
  const found = describeFinding(finding(listNetworks([HOME, ATTACK], { suspect: ATTACK.network, total: 14 })))
  expect(found).toMatchObject({
    from: 'From 203.0.113.9 (24 events), 192.0.2.1 (1 event) and 12 more.',
    mayBlock: ATTACK.network,
  })
})

test('offers no block where the attacker’s network cannot be known', () => {
  const found = describeFinding(
    finding({ pattern: 'session_two_networks', ...listNetworks([HOME, ATTACK], { suspect: null }) }),
  )
  expect(found.from).toMatch(/cannot be known\.$/)
  expect(found.mayBlock).toBeNull()
})

test('offers to end sessions only where an attacker may be logged in to an account that exists', () => {
  const inside = { pattern: 'refresh_token_reuse', userId: USER } as const
  const email = 'ada@example.com'
  expect(describeFinding(finding({ ...inside, email })).mayEndSessions).toEqual({ id: USER, name: email })
  expect(describeFinding(finding(inside)).mayEndSessions).toBeNull()
  expect(describeFinding(finding({ userId: USER, email })).mayEndSessions).toBeNull()
})

test('calls a deleted account "a deleted account"', () => {
  expect(describeFinding(finding({ userId: USER })).text).toContain('a deleted account')
})
