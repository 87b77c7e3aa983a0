import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

async function policyAt(appUrl: string, isDevelopment = false) {
  vi.resetModules()
  vi.stubEnv('APP_URL', appUrl)
  const { contentSecurityPolicy } = await import('./content-security-policy.ts')
  return contentSecurityPolicy('bm9uY2U=', isDevelopment).split('; ')
}

test('in production runs scripts by nonce alone and nothing inline', async () => {
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

test('on https upgrades insecure requests', async () => {
  expect(await policyAt('https://tasks.example.org')).toContain('upgrade-insecure-requests')
})

test('in development allows eval and inline styles', async () => {
  expect((await policyAt('http://localhost:3000', true)).join()).toMatch(/unsafe-eval.*unsafe-inline/)
})
