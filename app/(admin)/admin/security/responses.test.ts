import { expect, test } from 'vitest'
import { listResponses, RESPONSES } from './responses.ts'

const NOW = new Date('2026-03-01T12:00:00Z')
const ACCOUNT = { id: 'u', name: 'ann@example.com' }
const NETWORK = '198.51.100.7'

function offered(given: { account?: typeof ACCOUNT; network?: string; blockedUntil?: string | null }) {
  const { account = null, network = null, blockedUntil } = given
  const until = blockedUntil ? new Date(blockedUntil) : null
  return listResponses({ id: 'f', text: 'Something.', account, network, blockedUntil: until }, NOW)
}

test.each([
  [null, ['block-day', 'block-hour']],
  ['2026-03-01T12:00:01Z', ['block-day']],
  ['2026-03-01T13:00:00Z', ['block-day']],
  ['2026-03-02T11:00:00Z', ['block-day']],
  ['2026-03-02T11:00:01Z', []],
  ['2026-03-31T12:00:00Z', []],
])('offers longer blocks only: blocked until %s gives %j', (blockedUntil, blocks) => {
  const names = offered({ network: NETWORK, blockedUntil }).map(({ response }) => response)
  expect(names).toEqual([...blocks, 'handled'])
})

test('offers what helps a taken account first, and names the target of each response', () => {
  expect(offered({ account: ACCOUNT, network: NETWORK })).toEqual([
    { response: 'require-password-change', target: 'u', to: 'ann@example.com' },
    { response: 'end-sessions', target: 'u', to: 'ann@example.com' },
    { response: 'block-day', target: NETWORK, to: NETWORK },
    { response: 'block-hour', target: NETWORK, to: NETWORK },
    { response: 'handled', target: 'f', to: 'Something.' },
  ])
  expect(offered({})).toEqual([{ response: 'handled', target: 'f', to: 'Something.' }])
})

test('asks before every response that shuts users out', () => {
  const asked = Object.entries(RESPONSES).filter(([, words]) => 'confirm' in words)
  expect(asked.map(([name]) => name)).toEqual([
    'block-hour',
    'block-day',
    'end-sessions',
    'require-password-change',
  ])
})
