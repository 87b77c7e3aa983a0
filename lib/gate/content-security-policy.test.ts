import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

async function policyAt(appUrl: string, isDevelopment = false) {
  vi.resetModules()
  vi.stubEnv('APP_URL', appUrl)
  const { contentSecurityPolicy } = await import('./content-security-policy.ts')
  return contentSecurityPolicy('bm9uY2U=', isDevelopment).split('; ')
}

test('in production scripts run by nonce alone, and nothing runs inline', async () => {
  const policy = await policyAt('http://localhost:3000')
  expect(policy).toContain(`script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'`)
  expect(policy).toEqual(
    expect.arrayContaining([
      `default-src 'self'`,
      `object-src 'none'`,
      `base-uri 'none'`,
      `frame-ancestors 'none'`,
      `form-action 'self'`,
    ]),
  )
  expect(policy.join()).not.toMatch(/unsafe|\*|upgrade-insecure-requests/)
})

test('on https nothing is fetched without TLS', async () => {
  expect(await policyAt('https://tasks.example.org')).toContain('upgrade-insecure-requests')
})

test('development gets what its tools need', async () => {
  expect((await policyAt('http://localhost:3000', true)).join()).toMatch(/unsafe-eval.*unsafe-inline/)
})
