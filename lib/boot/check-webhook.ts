import { EnvironmentError } from '#lib/env/edge.ts'
import type { NodeEnv } from '#lib/env/node.ts'
import { namesPrivateAddress } from '#lib/watch/alerts/is-public-address.ts'

/** Refuses a webhook that no alert could ever reach. Where a name leads is seen when there is something to send. */
export function checkWebhook(webhook: NodeEnv['alertWebhook']): void {
  if (!webhook || webhook.allowsPrivate || !namesPrivateAddress(webhook.url)) return
  throw new EnvironmentError(
    'ALERT_WEBHOOK_URL is a private address: set ALERT_WEBHOOK_ALLOW_PRIVATE=true if that is meant.',
  )
}
