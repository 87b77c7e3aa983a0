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

test('has the default limit of its name', async () => {
  const { bucket } = await startedWith('')
  expect(bucket('login.pair', 'a').limit).toEqual({ count: 5, seconds: 60 })
})

test('RATE_LIMITS changes the named limit and no other', async () => {
  const { bucket } = await startedWith('login.pair=10/30')
  expect(bucket('login.pair', 'a').limit).toEqual({ count: 10, seconds: 30 })
  expect(bucket('login.pair.hour', 'a').limit).toEqual({ count: 20, seconds: 3600 })
})

test('the key shows nothing of what people typed', async () => {
  const { bucket } = await startedWith('')
  expect(bucket('login.account', 'ada@example.com').key).toMatch(/^login\.account:[\w-]{43}$/)
})

test('no cleverly chosen parts share a key with other parts or another limit', async () => {
  const { bucket } = await startedWith('')
  const keys = [
    bucket('login.pair', 'a', 'b'),
    bucket('login.pair', 'ab'),
    bucket('login.pair', 'a,b'),
    bucket('login.pair', 'a","b'),
    bucket('login.pair', '', 'ab'),
    bucket('login.pair.hour', 'a', 'b'),
  ].map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  expect(bucket('login.pair', 'a', 'b').key).toBe(keys[0])
})
