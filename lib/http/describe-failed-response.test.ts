import { expect, test } from 'vitest'
import { describeFailedResponse } from './describe-failed-response.ts'

const answered = (status: number | null, text: string | null = null) =>
  describeFailedResponse({ outcome: 'answered', status, text })

test('calls the server unreachable only if no response came', () => {
  for (const outcome of ['unsent', 'unreachable'] as const) {
    expect(describeFailedResponse({ outcome, status: null, text: null })).toMatch(
      /^We couldn’t reach the server\./,
    )
  }
  for (const status of [
    200,
    302,
    400,
    401,
    403,
    404,
    405,
    408,
    409,
    411,
    413,
    418,
    429,
    431,
    500,
    502,
    503,
    504,
    520,
    null,
  ]) {
    expect(answered(status), String(status)).not.toContain('reach the server')
  }
})

test('promises that nothing was done only for a status from before any work', () => {
  for (const status of [400, 401, 403, 404, 405, 408, 409, 411, 413, 418, 429, 431]) {
    expect(answered(status), String(status)).toMatch(/nothing was done/i)
  }
  for (const status of [200, 500, 502, 503, 504, 520, null]) {
    expect(answered(status), String(status)).not.toMatch(/nothing was (done|sent)/i)
  }
  const lost = describeFailedResponse({ outcome: 'unreachable', status: null, text: null })
  expect(lost).toContain('may have been saved')
  for (const status of [502, 504, 520, null]) expect(answered(status)).toContain('may have been saved')
})

test('shows a plain-text refusal of this server, and hides the text of a proxy', () => {
  const own = 'This form wasn’t sent from this site, so nothing was done.'
  expect(answered(403, `${own}\n`)).toBe(own)
  for (const foreign of [
    'upstream connect error or disconnect/reset before headers',
    'error code: 1020',
    '',
  ]) {
    expect(answered(403, foreign)).toBe(answered(403))
  }
})
