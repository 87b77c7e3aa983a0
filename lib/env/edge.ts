import { z } from 'zod'
import { ACCESS_TOKEN_TTL_SECONDS } from '#lib/auth/policy.ts'

export type EdgeEnv = {
  /** Newest first: the first signs, all verify. */
  jwtSecrets: string[]
  appUrl: URL
  ownOrigin: string
  accessTokenTtlSeconds: number
  corsOrigins: string[]
  cookiePrefix: string
}

/** A missing or unsafe variable. The message names it in one line and never contains its value. */
export class EnvironmentError extends Error {}

export type Source = Record<string, string | undefined>

/** An empty string counts as unset. Throws an `EnvironmentError` on the first problem. */
export function parseEnvironment<S extends z.ZodType>(schema: S, source: Source): z.output<S> {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()))
  const parsed = schema.safeParse(set)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new EnvironmentError(`${String(issue?.path[0])} ${issue?.message}`)
}

export function wholeNumber(least: number, most: number, fallback: number) {
  const message = `must be a whole number from ${least} to ${most}.`
  const digits = z.string().regex(/^\d{1,12}$/, message)
  return digits
    .transform(Number)
    .refine((value) => value >= least && value <= most, message)
    .default(fallback)
}

export const flag = z
  .enum(['true', 'false'], 'must be true or false.')
  .default('false')
  .transform((text) => text === 'true')

const COMMAND = 'make one with: node -p "crypto.randomBytes(32).toString(\'base64url\')"'
const HOW_TO_MAKE = `${COMMAND} (or run \`npm start\` once, which writes it into .env.local)`
const TELLTALE = /secret|password|change.?me|replace|example|placeholder|insecure|nextauth|qwerty|keyboard/i

/** At least 256 random bits as base64url, base64 or hexadecimal text (RFC 7518, 3.2; ASVS 11.5.1), as far as a check can detect. */
export function isStrongSecret(text: string): boolean {
  const hexadecimal = /^([0-9a-f]{64,}|[0-9A-F]{64,})$/.test(text)
  // Invented text rarely has both cases; 43 random characters always have.
  const base64 = /^[\w+/-]{43,}=*$/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text)
  const isRepetition = (text + text).indexOf(text, 1) < text.length
  const steps = [...text].filter((char, i) => i > 0 && char.charCodeAt(0) - text.charCodeAt(i - 1) === 1)
  const varied = new Set(text).size >= 10 && steps.length < text.length / 3
  return (hexadecimal || base64) && varied && !isRepetition && !TELLTALE.test(text)
}

const required = `is not set: ${HOW_TO_MAKE}.`
const weak = `is too weak: it needs 43 random base64url characters or more; ${HOW_TO_MAKE}.`

export const sharedSecretRequired = `is not set: ${COMMAND}.`
/** One strong secret that another program knows too, so set-up cannot generate it. */
export const sharedSecret = z
  .string()
  .trim()
  .refine(isStrongSecret, `is too weak: it needs 43 random base64url characters or more; ${COMMAND}.`)

export const secretRing = z
  .string(required)
  .transform((text) => text.split(',').map((item) => item.trim()))
  .refine((ring) => ring.every(isStrongSecret), weak)
  .refine((ring) => new Set(ring).size === ring.length, 'names one secret twice: remove the copy.')

function toOrigin(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`
  return isOrigin ? url : null
}

const origin = z
  .string()
  .trim()
  .refine(
    (text) => toOrigin(text) !== null,
    'must be an origin, such as https://tasks.example.org (no path).',
  )

const originList = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )
  .refine(
    (list) => list.every(toOrigin),
    'must list origins, such as https://a.example.org,https://b.example.org.',
  )
  .transform((list) => list.flatMap((item) => toOrigin(item)?.origin ?? []))

/** RFC 6265bis section 4.1.1. Browsers reserve prefixes that start with `__`. */
const cookiePrefix = z
  .string()
  .regex(
    /^(?!__)[\w-]{1,32}$/,
    'must be 1 to 32 letters, digits, "-" and "_", without "__" in front, such as taskward.',
  )
  .default('taskward')

const schema = z.object({
  JWT_SECRET: secretRing,
  APP_URL: origin.optional(),
  PORT: wholeNumber(0, 65535, 3000),
  TASKWARD_OWN_ORIGIN: z.string().optional(),
  ACCESS_TOKEN_TTL_SECONDS: wholeNumber(60, 3600, ACCESS_TOKEN_TTL_SECONDS),
  CORS_ORIGINS: originList,
  COOKIE_PREFIX: cookiePrefix,
})

export const EDGE_VARIABLES = schema.keyof().options

/** Throws an `EnvironmentError`. */
export function readEdgeEnv(source: Source): EdgeEnv {
  const env = parseEnvironment(schema, source)
  return {
    jwtSecrets: env.JWT_SECRET,
    appUrl: new URL(env.APP_URL ?? `http://localhost:${env.PORT}`),
    ownOrigin: env.TASKWARD_OWN_ORIGIN ?? `http://127.0.0.1:${env.PORT}`,
    accessTokenTtlSeconds: env.ACCESS_TOKEN_TTL_SECONDS,
    corsOrigins: env.CORS_ORIGINS,
    cookiePrefix: env.COOKIE_PREFIX,
  }
}

/** A constant of the build: `next dev` bundles the gate separately. */
export const IS_DEVELOPMENT = process.env.NODE_ENV === 'development'

let memo: EdgeEnv | undefined

/** Reads the environment at the first call, because `next build` imports modules without secrets. */
export function edgeEnv(): EdgeEnv {
  // Bundlers for the edge replace each `process.env.NAME`; there is no `process.env` as a whole.
  memo ??= readEdgeEnv({
    JWT_SECRET: process.env.JWT_SECRET,
    APP_URL: process.env.APP_URL,
    PORT: process.env.PORT,
    TASKWARD_OWN_ORIGIN: process.env.TASKWARD_OWN_ORIGIN,
    ACCESS_TOKEN_TTL_SECONDS: process.env.ACCESS_TOKEN_TTL_SECONDS,
    CORS_ORIGINS: process.env.CORS_ORIGINS,
    COOKIE_PREFIX: process.env.COOKIE_PREFIX,
  })
  return memo
}
