import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DAY_MS } from '#lib/time.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')

async function textWith(settings: Record<string, string>): Promise<string | null> {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  return (await import('./security-txt.ts')).securityTxt(NOW)
}

beforeEach(() => void vi.resetModules())
afterEach(() => void vi.unstubAllEnvs())

test('names the contact, an end within a year and its own address', async () => {
  const settings = { SECURITY_CONTACT: 'mailto:security@example.org', APP_URL: 'https://tasks.example.org' }
  const lines = (await textWith(settings))?.split('\n') ?? []
  expect(lines).toContain('Contact: mailto:security@example.org')
  expect(lines).toContain('Canonical: https://tasks.example.org/.well-known/security.txt')
  const [expires] = lines.flatMap((line) => /^Expires: (\S+)$/.exec(line)?.[1] ?? [])
  const days = (Date.parse(String(expires)) - NOW.getTime()) / DAY_MS
  expect([days > 30, days < 365]).toEqual([true, true])
  expect(lines.at(-1)).toBe('')
})

test('does not exist without a contact', async () => {
  expect(await textWith({ SECURITY_CONTACT: '' })).toBeNull()
})
