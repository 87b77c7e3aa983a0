import { createHmac } from 'node:crypto'

/**
 * Headers that prove sender and time of a body (Standard Webhooks 1.0, "Signature scheme"). The key is the UTF-8 text of
 * `secret`; libraries that expect the specification's form take `whsec_` and the base64 of that text.
 */
export function signWebhook(
  secret: string,
  { id, body, at }: { id: string; body: string; at: Date },
): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1000)
  const signature = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  }
}
