import { z } from 'zod'
import { BCRYPT_COST, REFRESH_TOKEN_TTL_SECONDS, SESSION_TTL_SECONDS } from '#lib/auth/policy'
import { LIMITS, type Limit, type LimitName } from '#lib/throttle/limits'
import {
  type EdgeEnv,
  EnvironmentError,
  edgeEnv,
  parseEnvironment,
  readEdgeEnv,
  type Source,
  secret,
  secretRing,
  wholeNumber,
} from './edge.ts'

/** The whole environment: that of the gate, and what only the Node runtime may see. */
export type NodeEnv = EdgeEnv & {
  /** Null: the embedded PostgreSQL. */
  databaseUrl: string | null
  /** Newest first: the first hashes, all verify. */
  passwordPeppers: string[]
  auditSealSecret: string
  trustedProxyHops: number
  refreshTokenTtlSeconds: number
  sessionTtlSeconds: number
  bcryptCost: number
  /** Overrides only; the defaults are `LIMITS`. */
  rateLimits: Partial<Record<LimitName, Limit>>
  metricsToken: string | null
  logLevel: (typeof LOG_LEVELS)[number]
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const YEAR_SECONDS = 366 * 24 * 60 * 60
const RATE_LIMIT_FORM = /^([a-z.]+)=([1-9]\d{0,8})\/([1-9]\d{0,7})$/

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
}

function isLimitName(name: string | undefined): name is LimitName {
  return name !== undefined && Object.hasOwn(LIMITS, name)
}

const rateLimits = z.string().transform((text, context) => {
  const overrides: Partial<Record<LimitName, Limit>> = {}
  for (const item of text.split(',')) {
    const [, name, count, seconds] = RATE_LIMIT_FORM.exec(item.trim()) ?? []
    if (!isLimitName(name)) {
      const names = Object.keys(LIMITS).join(', ')
      context.addIssue(`must be a list such as login.pair=10/60 (count/seconds) of these names: ${names}.`)
      return z.NEVER
    }
    overrides[name] = { count: Number(count), seconds: Number(seconds) }
  }
  return overrides
})

const schema = z.object({
  DATABASE_URL: z
    .string()
    .refine(isPostgresUrl, 'must be a URL such as postgresql://user:password@host:5432/name.')
    .optional(),
  PASSWORD_PEPPER: secretRing,
  AUDIT_SEAL_SECRET: secret,
  TRUSTED_PROXY_HOPS: wholeNumber(0, 10, 0),
  REFRESH_TOKEN_TTL_SECONDS: wholeNumber(1, YEAR_SECONDS, REFRESH_TOKEN_TTL_SECONDS),
  SESSION_TTL_SECONDS: wholeNumber(1, YEAR_SECONDS, SESSION_TTL_SECONDS),
  RATE_LIMITS: rateLimits.default({}),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{8,}$/, 'must be 8 characters or more of those that a bearer token may have.')
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}.`).default('info'),
})

/** Cheap hashes under test only: by the unit tests' NODE_ENV, or TASKWARD_TEST=1 for a production build under test. */
function costSchema(source: Source) {
  const underTest = source.NODE_ENV === 'test' || source.TASKWARD_TEST === '1'
  return z.object({ BCRYPT_COST: wholeNumber(underTest ? 4 : 10, 15, BCRYPT_COST) })
}

/** The pure part of `nodeEnv`: variables in, values out. Throws an `EnvironmentError`. */
export function readNodeEnv(source: Source, edge: EdgeEnv = readEdgeEnv(source)): NodeEnv {
  const env = parseEnvironment(schema, source)
  const { BCRYPT_COST: bcryptCost } = parseEnvironment(costSchema(source), source)
  const secrets = [...edge.jwtSecrets, ...env.PASSWORD_PEPPER, env.AUDIT_SEAL_SECRET]
  if (new Set(secrets).size < secrets.length) {
    throw new EnvironmentError(
      'JWT_SECRET, PASSWORD_PEPPER and AUDIT_SEAL_SECRET share a value: set one of its own for each.',
    )
  }
  return {
    ...edge,
    databaseUrl: env.DATABASE_URL ?? null,
    passwordPeppers: env.PASSWORD_PEPPER,
    auditSealSecret: env.AUDIT_SEAL_SECRET,
    trustedProxyHops: env.TRUSTED_PROXY_HOPS,
    refreshTokenTtlSeconds: env.REFRESH_TOKEN_TTL_SECONDS,
    sessionTtlSeconds: env.SESSION_TTL_SECONDS,
    bcryptCost,
    rateLimits: env.RATE_LIMITS,
    metricsToken: env.METRICS_TOKEN ?? null,
    logLevel: env.LOG_LEVEL,
  }
}

let memo: NodeEnv | undefined

/** The checked environment, read at the first call. Throws an `EnvironmentError`. */
export function nodeEnv(): NodeEnv {
  memo ??= readNodeEnv(process.env, edgeEnv())
  return memo
}
