import { createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { call, expectError } from '../support/api.ts'
import { jwtSecret } from '../support/run.ts'
import { test } from '../support/test.ts'
import { nowSeconds } from '../support/tokens.ts'

const BODY = JSON.stringify({
  refreshToken: randomBytes(32).toString('base64url'),
  clientAddress: '',
  userAgent: 'test',
  requestId: randomUUID(),
})

/** Signs a call as the gate does: HMAC over time and body, under a key that HKDF derives from the secret. */
function sign(body: string, { secret = jwtSecret(), seconds = nowSeconds() } = {}): string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'taskward renewal v1', 32))
  return `${seconds}.${createHmac('sha256', key).update(`${seconds}\n${body}`).digest('base64')}`
}

function post(signature: string | undefined, body = BODY) {
  const headers = {
    'content-type': 'application/json',
    ...(signature && { 'x-taskward-signature': signature }),
  }
  return call('/api/internal/renew', { method: 'POST', body, headers })
}

const BAD_SIGNATURES: Record<string, () => string | undefined> = {
  'no signature': () => undefined,
  'an empty signature': () => '.',
  'a signature with another secret': () => sign(BODY, { secret: randomBytes(32).toString('base64url') }),
  'a signature of another body': () => sign(`${BODY} `),
  'a signature that is more than 30 seconds old': () => sign(BODY, { seconds: nowSeconds() - 32 }),
  'a signature of the future': () => sign(BODY, { seconds: nowSeconds() + 60 }),
}

for (const [what, signature] of Object.entries(BAD_SIGNATURES)) {
  test(`answers 404 to a renewal call with ${what}`, async () => {
    expectError(await post(signature()), 404, 'NOT_FOUND')
  })
}

test('refuses an unknown refresh token in a renewal call with the gate’s signature', async () => {
  expectError(await post(sign(BODY)), 401, 'INVALID_REFRESH_TOKEN')
})

test('answers 404 to a renewal call with another method', async () => {
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
    expectError(await call('/api/internal/renew', { method }), 404, 'NOT_FOUND')
  }
})
