import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

async function startedWith(rateLimits: string) {
  vi.resetModules()
  vi.stubEnv('RATE_LIMITS', rateLimits)
  return import('./bucket.ts')
}

test('a bucket has the default limit of its name', async () => {
  const { makeBucket } = await startedWith('')
  expect(makeBucket('login.pair', 'a').limit).toEqual({ count: 5, seconds: 60 })
})

test('RATE_LIMITS overrides the named limit and no other', async () => {
  const { makeBucket } = await startedWith('login.pair=10/30')
  expect(makeBucket('login.pair', 'a').limit).toEqual({ count: 10, seconds: 30 })
  expect(makeBucket('login.pair.hour', 'a').limit).toEqual({ count: 20, seconds: 3600 })
})

test('the key does not reveal what a user typed', async () => {
  const { makeBucket } = await startedWith('')
  expect(makeBucket('login.account', 'ada@example.com').key).toMatch(/^login\.account:[\w-]{43}$/)
})

test('different parts or limits never share a key, however the parts are chosen', async () => {
  const { makeBucket } = await startedWith('')
  const keys = [
    makeBucket('login.pair', 'a', 'b'),
    makeBucket('login.pair', 'ab'),
    makeBucket('login.pair', 'a,b'),
    makeBucket('login.pair', 'a","b'),
    makeBucket('login.pair', '', 'ab'),
    makeBucket('login.pair.hour', 'a', 'b'),
  ].map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  expect(makeBucket('login.pair', 'a', 'b').key).toBe(keys[0])
})
