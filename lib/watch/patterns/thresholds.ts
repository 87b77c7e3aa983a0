import { HOUR_SECONDS } from '#lib/time.ts'

type Threshold = { count: number; seconds: number }

/** The defaults of `ALERT_THRESHOLDS`. Each `detect-….ts` defines what its pattern counts. */
export const THRESHOLDS = {
  account_failures: { count: 20, seconds: HOUR_SECONDS },
  password_spraying: { count: 10, seconds: HOUR_SECONDS },
  address_failures: { count: 30, seconds: HOUR_SECONDS },
  login_after_failures: { count: 10, seconds: HOUR_SECONDS },
  refresh_token_reuse: { count: 1, seconds: HOUR_SECONDS },
  session_two_networks: { count: 2, seconds: 300 },
  signup_burst: { count: 30, seconds: 600 },
} as const satisfies Record<string, Threshold>

export type Pattern = keyof typeof THRESHOLDS

export const WATCH_INTERVAL_SECONDS = 15

export const AUDIT_RETENTION_DAYS = 400
