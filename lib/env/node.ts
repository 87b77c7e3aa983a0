import { z } from 'zod'
import {
  BCRYPT_COST,
  PASSWORD_WAIT_SECONDS,
  REFRESH_TOKEN_TTL_SECONDS,
  SESSION_TTL_SECONDS,
} from '#lib/auth/policy.ts'
import { LIMITS, type Limit, type LimitName } from '#lib/throttle/limits.ts'
import { DAY_SECONDS } from '#lib/time.ts'
import {
  AUDIT_RETENTION_DAYS,
  type Pattern,
  THRESHOLDS,
  WATCH_INTERVAL_SECONDS,
} from '#lib/watch/patterns/thresholds.ts'
import { type AlertWebhook, alertThresholds, alertWebhook } from './alerts.ts'
import {
  EDGE_VARIABLES,
  type EdgeEnv,
  EnvironmentError,
  edgeEnv,
  flag,
  parseEnvironment,
  readEdgeEnv,
  type Source,
  secretRing,
  sharedSecret,
  wholeNumber,
} from './edge.ts'
import { limitList } from './limit-list.ts'
import { postgresUrl } from './postgres-url.ts'
import { type Mailbox, mailbox, mailFrom, type SmtpServer, smtpUrl } from './smtp.ts'

export type NodeEnv = EdgeEnv & {
  /** Null: the embedded PostgreSQL. */
  databaseUrl: string | null
  /** Set if `databaseUrl` leads to a pooler in transaction mode. */
  databaseDirectUrl: string | null
  /** Newest first: the first hashes, all verify. */
  passwordPeppers: string[]
  /** Until the address is confirmed, an account can do nothing else. */
  requireConfirmedEmail: boolean
  /** `uniform`: a sign-up does not show whether the address has an account. */
  signUpAnswer: 'conflict' | 'uniform'
  /** Newest first: the first seals, all verify. */
  auditSealSecrets: string[]
  trustedProxyHops: number
  keepAliveSeconds: number
  refreshTokenTtlSeconds: number
  sessionTtlSeconds: number
  bcryptCost: number
  /** How long a client waits at most for an answer that takes a password. */
  passwordWaitSeconds: number
  webConcurrency: number
  /** Overrides only; the defaults are `LIMITS`. */
  rateLimits: Partial<Record<LimitName, Limit>>
  metricsToken: string | null
  /** Null: mails are files. */
  smtp: SmtpServer | null
  mailFrom: Mailbox
  auditRetentionDays: number
  /** Overrides only; the defaults are `THRESHOLDS`. */
  alertThresholds: Partial<Record<Pattern, Limit>>
  watchIntervalSeconds: number
  alertWebhook: AlertWebhook | null
  /** Where traces go (OTLP over HTTP); null: nowhere. */
  otlpEndpoint: URL | null
  /** Where to report vulnerabilities: a mailto: or https: URI. */
  securityContact: string | null
  sourceUrl: string | null
  logLevel: (typeof LOG_LEVELS)[number]
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
/** Longer than nginx and most load balancers keep an idle connection (60 s), so that they close it first. */
const KEEP_ALIVE_SECONDS = 75
const YEAR_SECONDS = 366 * DAY_SECONDS

const httpUrl = z
  .string()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'must be an http or https URL.')

function isContact(text: string): boolean {
  if (!URL.canParse(text) || /[^\x21-\x7e]/.test(text)) return false
  return /^https:\/\/./.test(text) || /^mailto:[^@?]+@[^@?]+(\?|$)/.test(text)
}

const schema = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  PASSWORD_PEPPER: secretRing,
  AUDIT_SEAL_SECRET: secretRing,
  TRUSTED_PROXY_HOPS: wholeNumber(0, 10, 0),
  KEEP_ALIVE_SECONDS: wholeNumber(1, 3600, KEEP_ALIVE_SECONDS),
  REFRESH_TOKEN_TTL_SECONDS: wholeNumber(1, YEAR_SECONDS, REFRESH_TOKEN_TTL_SECONDS),
  SESSION_TTL_SECONDS: wholeNumber(1, YEAR_SECONDS, SESSION_TTL_SECONDS),
  PASSWORD_WAIT_SECONDS: wholeNumber(1, 60, PASSWORD_WAIT_SECONDS),
  RATE_LIMITS: limitList(LIMITS),
  REQUIRE_CONFIRMED_EMAIL: flag,
  SIGN_UP_ANSWER: z.enum(['conflict', 'uniform'], 'must be conflict or uniform.').default('conflict'),
  WEB_CONCURRENCY: wholeNumber(1, 64, 1),
  METRICS_TOKEN: sharedSecret.optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailbox.optional(),
  AUDIT_RETENTION_DAYS: wholeNumber(30, 3650, AUDIT_RETENTION_DAYS),
  ALERT_THRESHOLDS: limitList(THRESHOLDS),
  WATCH_INTERVAL_SECONDS: wholeNumber(1, 300, WATCH_INTERVAL_SECONDS),
  ALERT_WEBHOOK_URL: httpUrl.optional(),
  ALERT_WEBHOOK_SECRET: sharedSecret.optional(),
  ALERT_WEBHOOK_ALLOW_PRIVATE: flag,
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  SECURITY_CONTACT: z
    .string()
    .refine(isContact, 'must be a URI such as mailto:security@example.org or https://example.org/security.')
    .optional(),
  SOURCE_URL: httpUrl.optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}.`).default('info'),
})

/** A cost below 10 works under test only: with the unit tests' NODE_ENV, or TASKWARD_TEST=1 for a production build. */
function costSchema(source: Source) {
  const underTest = source.NODE_ENV === 'test' || source.TASKWARD_TEST === '1'
  return z.object({ BCRYPT_COST: wholeNumber(underTest ? 4 : 10, 15, BCRYPT_COST) })
}

export const VARIABLES: string[] = [...EDGE_VARIABLES, ...schema.keyof().options, 'BCRYPT_COST']

/** Throws an `EnvironmentError`. */
export function readNodeEnv(source: Source, edge: EdgeEnv = readEdgeEnv(source)): NodeEnv {
  const env = parseEnvironment(schema, source)
  const { BCRYPT_COST: bcryptCost } = parseEnvironment(costSchema(source), source)
  // Webhook receivers and metrics scrapers know theirs, so no other secret may equal it.
  const lent = [env.ALERT_WEBHOOK_SECRET, env.METRICS_TOKEN].filter((one) => one !== undefined)
  const secrets = [...edge.jwtSecrets, ...env.PASSWORD_PEPPER, ...env.AUDIT_SEAL_SECRET, ...lent]
  if (new Set(secrets).size < secrets.length) {
    throw new EnvironmentError(
      'JWT_SECRET, PASSWORD_PEPPER, AUDIT_SEAL_SECRET, ALERT_WEBHOOK_SECRET or METRICS_TOKEN share a value: set one of its own for each.',
    )
  }
  if (env.DATABASE_DIRECT_URL && !env.DATABASE_URL) {
    throw new EnvironmentError('DATABASE_URL must be set to the pooler that DATABASE_DIRECT_URL goes around.')
  }
  return {
    ...edge,
    databaseUrl: env.DATABASE_URL ?? null,
    databaseDirectUrl: env.DATABASE_DIRECT_URL ?? null,
    passwordPeppers: env.PASSWORD_PEPPER,
    auditSealSecrets: env.AUDIT_SEAL_SECRET,
    requireConfirmedEmail: env.REQUIRE_CONFIRMED_EMAIL,
    signUpAnswer: env.SIGN_UP_ANSWER,
    trustedProxyHops: env.TRUSTED_PROXY_HOPS,
    keepAliveSeconds: env.KEEP_ALIVE_SECONDS,
    refreshTokenTtlSeconds: env.REFRESH_TOKEN_TTL_SECONDS,
    sessionTtlSeconds: env.SESSION_TTL_SECONDS,
    bcryptCost,
    passwordWaitSeconds: env.PASSWORD_WAIT_SECONDS,
    webConcurrency: env.WEB_CONCURRENCY,
    rateLimits: env.RATE_LIMITS,
    metricsToken: env.METRICS_TOKEN ?? null,
    smtp: env.SMTP_URL ?? null,
    mailFrom: mailFrom(env, edge.appUrl),
    auditRetentionDays: env.AUDIT_RETENTION_DAYS,
    alertThresholds: alertThresholds(env),
    watchIntervalSeconds: env.WATCH_INTERVAL_SECONDS,
    alertWebhook: alertWebhook(env),
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ? new URL(env.OTEL_EXPORTER_OTLP_ENDPOINT) : null,
    securityContact: env.SECURITY_CONTACT ?? null,
    sourceUrl: env.SOURCE_URL ?? null,
    logLevel: env.LOG_LEVEL,
  }
}

/** For the start, before a server checks the other variables. Throws an `EnvironmentError`. */
export function readWebConcurrency(source: Source): number {
  return parseEnvironment(schema.pick({ WEB_CONCURRENCY: true }), source).WEB_CONCURRENCY
}

let memo: NodeEnv | undefined

/** Reads the environment at the first call. Throws an `EnvironmentError`. */
export function nodeEnv(): NodeEnv {
  memo ??= readNodeEnv(process.env, edgeEnv())
  return memo
}
