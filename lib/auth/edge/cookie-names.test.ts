import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

async function namesAt(appUrl: string) {
  vi.resetModules()
  vi.stubEnv('APP_URL', appUrl)
  return (await import('./cookie-names')).cookieNames()
}

test('on https no other origin can plant a cookie under our names', async () => {
  expect(await namesAt('https://tasks.example.org')).toEqual({
    access: '__Host-taskward.access',
    refresh: '__Host-taskward.refresh',
    device: '__Host-taskward.device',
  })
})

test('on http browsers would refuse the prefix', async () => {
  expect(await namesAt('http://localhost:3000')).toEqual({
    access: 'taskward.access',
    refresh: 'taskward.refresh',
    device: 'taskward.device',
  })
})
