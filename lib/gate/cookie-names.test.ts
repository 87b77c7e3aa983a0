import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

async function namesAt(appUrl: string, prefix?: string) {
  vi.resetModules()
  vi.stubEnv('APP_URL', appUrl)
  vi.stubEnv('COOKIE_PREFIX', prefix)
  return (await import('./cookie-names.ts')).cookieNames()
}

test('on https guards every cookie with __Host- but those of a path and of scripts', async () => {
  expect(await namesAt('https://tasks.example.org')).toEqual({
    access: '__Host-taskward.access',
    refresh: '__Host-taskward.refresh',
    device: '__Host-taskward.device',
    redirects: 'taskward.sent-on',
    shortcuts: 'taskward.shortcuts',
    theme: 'taskward.theme',
    draft: '__Host-taskward.draft',
    flash: '__Host-taskward.done',
    link: '__Host-taskward.link',
  })
})

test('on http uses no prefix, which browsers would refuse', async () => {
  expect(await namesAt('http://localhost:3000')).toEqual({
    access: 'taskward.access',
    refresh: 'taskward.refresh',
    device: 'taskward.device',
    redirects: 'taskward.sent-on',
    shortcuts: 'taskward.shortcuts',
    theme: 'taskward.theme',
    draft: 'taskward.draft',
    flash: 'taskward.done',
    link: 'taskward.link',
  })
})

test.each(['http://localhost:4000', 'https://localhost:4000'])(
  'two instances at %s with different COOKIE_PREFIX share no cookie',
  async (appUrl) => {
    const names = await namesAt(appUrl, 'work')
    const others = Object.values(await namesAt(appUrl))
    for (const name of Object.values(names)) {
      expect(name).toMatch(/^(__Host-)?work\.[a-z-]+$/)
      expect(others).not.toContain(name)
    }
  },
)
