import { HOUR_SECONDS } from '#lib/time.ts'

export type Limit = { count: number; seconds: number }

/** The `work` limits and `signup.address` count successes (docs/decisions/0020-fair-password-work.md). */
export const LIMITS = {
  'login.pair': { count: 5, seconds: 60 },
  'login.pair.hour': { count: 20, seconds: HOUR_SECONDS },
  'login.address': { count: 20, seconds: 60 },
  'login.account': { count: 100, seconds: HOUR_SECONDS },
  'login.known': { count: 20, seconds: HOUR_SECONDS },
  'login.work': { count: 600, seconds: HOUR_SECONDS },
  'login.work.pair': { count: 200, seconds: HOUR_SECONDS },
  'signup.address': { count: 10, seconds: HOUR_SECONDS },
  'signup.tries': { count: 30, seconds: 60 },
  'refresh.session': { count: 30, seconds: 60 },
  'refresh.address': { count: 60, seconds: 60 },
  'password.change': { count: 10, seconds: HOUR_SECONDS },
  'password.work': { count: 20, seconds: HOUR_SECONDS },
  'profile.change': { count: 60, seconds: HOUR_SECONDS },
  'email.change': { count: 5, seconds: HOUR_SECONDS },
  'email.address': { count: 20, seconds: HOUR_SECONDS },
  'email.recipient': { count: 5, seconds: HOUR_SECONDS },
  'account.export': { count: 10, seconds: HOUR_SECONDS },
  'account.import': { count: 30, seconds: HOUR_SECONDS },
  'reset.address': { count: 20, seconds: HOUR_SECONDS },
  'reset.recipient': { count: 5, seconds: HOUR_SECONDS },
  'confirm.account': { count: 10, seconds: HOUR_SECONDS },
  'link.address': { count: 60, seconds: 60 },
  'mail.recipient': { count: 5, seconds: HOUR_SECONDS },
  'draft.address': { count: 60, seconds: 60 },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS
