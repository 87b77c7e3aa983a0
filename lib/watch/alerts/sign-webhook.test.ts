import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { signWebhook } from './sign-webhook.ts'

const SECRET = 'kU8vXq2ZrT5wYb1nMc7jLd4hGf9sPa3eRo6iVu0tWxE'
const MESSAGE = { id: 'a1', body: '{"type":"é"}', at: new Date('2026-11-20T12:00:00.900Z') }

/** What a receiver does, written from the specification: the key is the base64 behind `whsec_`. */
function accepts(key: string, headers: Record<string, string>, body: string): boolean {
  const [, base64 = ''] = key.split('whsec_')
  const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.')
  const mac = createHmac('sha256', Buffer.from(base64, 'base64')).update(signed, 'utf8').digest('base64')
  return (headers['webhook-signature'] ?? '').split(' ').includes(`v1,${mac}`)
}

test('signs so that a receiver after the specification accepts it', () => {
  const key = `whsec_${Buffer.from(SECRET).toString('base64')}`
  const headers = signWebhook(SECRET, MESSAGE)
  expect(headers['webhook-timestamp']).toBe('1795176000')
  expect(accepts(key, headers, MESSAGE.body)).toBe(true)
  expect(accepts(key, headers, `${MESSAGE.body} `)).toBe(false)
  expect(accepts(key, { ...headers, 'webhook-id': 'a2' }, MESSAGE.body)).toBe(false)
  expect(accepts(key, { ...headers, 'webhook-timestamp': '1795176001' }, MESSAGE.body)).toBe(false)
})

test('computes the same signature as openssl', () => {
  // printf 'a1.1795176000.{"type":"é"}' | openssl dgst -sha256 -hmac "$SECRET" -binary | base64
  expect(signWebhook(SECRET, MESSAGE)['webhook-signature']).toBe(
    'v1,A2MnNUHxXWCS9EkFkFYqR5bXCVl0FsADU6PuU9CtV6M=',
  )
})
