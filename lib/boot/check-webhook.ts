import { EnvironmentError } from '#lib/env/edge.ts'
import type { NodeEnv } from '#lib/env/node.ts'
import { namesPrivateAddress } from '#lib/watch/alerts/is-public-address.ts'

/** Throws for a private address that is not allowed. Names are resolved when an alert is sent. */
export function checkWebhook(webhook: NodeEnv['alertWebhook']): void {
  if (!webhook || webhook.allowsPrivate || !namesPrivateAddress(webhook.url)) return
  throw new EnvironmentError(
    'ALERT_WEBHOOK_URL is a private address: set ALERT_WEBHOOK_ALLOW_PRIVATE=true if that is meant.',
  )
}
