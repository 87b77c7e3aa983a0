import { afterEach, expect, test, vi } from 'vitest'
import { log } from '#lib/log.ts'
import { warnOfUnsentMail } from './warn-of-unsent-mail.ts'

const databaseUrl = 'postgresql://db.example.org/taskward'
const smtp = { host: 'mail.example.org', port: 587, tls: 'starttls', auth: null } as const

afterEach(() => vi.restoreAllMocks())

test.each([
  [true, { databaseUrl, smtp: null }, 1],
  [true, { databaseUrl, smtp }, 0],
  [true, { databaseUrl: null, smtp: null }, 0],
  [false, { databaseUrl, smtp: null }, 0],
])('in production (%s) with %j it warns %i times', (isProduction, settings, times) => {
  const warn = vi.spyOn(log(), 'warn')
  warnOfUnsentMail(settings, isProduction)
  expect(warn.mock.calls).toHaveLength(times)
  for (const [line] of warn.mock.calls) {
    expect(line).toMatchObject({
      setting: 'SMTP_URL',
      problem: expect.stringMatching(/reset a forgotten password/),
    })
  }
})
