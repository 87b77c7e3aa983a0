import { createHmac } from 'node:crypto'

/** Standard Webhooks 1.0, "Signature scheme". Its libraries take `whsec_` and the base64 of the UTF-8 `secret`. */
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
