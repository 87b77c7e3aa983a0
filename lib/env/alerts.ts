import type { Limit } from '#lib/throttle/limits.ts'
import type { Pattern } from '#lib/watch/patterns/thresholds.ts'
import { EnvironmentError, sharedSecretRequired } from './edge.ts'

/** Where alerts go, and the key that signs them. */
export type AlertWebhook = { url: URL; secret: string; allowsPrivate: boolean }

type Thresholds = Partial<Record<Pattern, Limit>>

type Variables = {
  ALERT_WEBHOOK_URL?: string | undefined
  ALERT_WEBHOOK_SECRET?: string | undefined
  ALERT_WEBHOOK_ALLOW_PRIVATE: boolean
  ALERT_THRESHOLDS: Thresholds
  WATCH_INTERVAL_SECONDS: number
}

/** Null without an address. Throws an `EnvironmentError`. */
export function alertWebhook(env: Variables): AlertWebhook | null {
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret } = env
  if (!url) return null
  if (!secret) throw new EnvironmentError(`ALERT_WEBHOOK_SECRET ${sharedSecretRequired}`)
  return { url: new URL(url), secret, allowsPrivate: env.ALERT_WEBHOOK_ALLOW_PRIVATE }
}

/** Throws an `EnvironmentError` for a threshold that the watch would miss. */
export function alertThresholds(env: Variables): Thresholds {
  const { ALERT_THRESHOLDS: thresholds, WATCH_INTERVAL_SECONDS: interval } = env
  for (const [name, { seconds }] of Object.entries(thresholds)) {
    if (seconds < interval) {
      throw new EnvironmentError(
        `ALERT_THRESHOLDS must give ${name} ${interval} seconds or more (WATCH_INTERVAL_SECONDS): the watch would miss what happens between two checks.`,
      )
    }
  }
  if (thresholds.session_two_networks?.count === 1) {
    throw new EnvironmentError(
      'ALERT_THRESHOLDS must give session_two_networks a count of 2 or more: every session has one network.',
    )
  }
  return thresholds
}
