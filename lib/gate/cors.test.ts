import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

async function startedWith(origins: string) {
  vi.resetModules()
  vi.stubEnv('CORS_ORIGINS', origins)
  return import('./cors.ts')
}

const PARTNER = 'https://partner.example'

test('by default allows no origin', async () => {
  const { corsHeaders, preflightHeaders } = await startedWith('')
  for (const origin of [PARTNER, 'null', '*', '', null]) {
    expect(corsHeaders(origin)).toEqual({ Vary: 'Origin' })
    expect(preflightHeaders(origin)).toEqual({ Vary: 'Origin' })
  }
})

test('lets a listed origin call with bearer tokens, never with cookies', async () => {
  const { preflightHeaders } = await startedWith(`https://other.example, ${PARTNER}`)
  const headers = preflightHeaders(PARTNER)
  expect(headers).toMatchObject({
    'Access-Control-Allow-Origin': PARTNER,
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match',
    'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
    Vary: 'Origin',
  })
  expect(headers['Access-Control-Expose-Headers']).toMatch(/\bETag\b/)
  expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials')
})

test.each([
  'https://partner.example.evil.example',
  'https://evil-partner.example',
  'http://partner.example',
  'https://PARTNER.example',
  'https://partner.example/',
  'https://partner.example:444',
  'null',
])('%s is not the listed origin', async (origin) => {
  const { corsHeaders } = await startedWith(PARTNER)
  expect(corsHeaders(origin)).toEqual({ Vary: 'Origin' })
})
