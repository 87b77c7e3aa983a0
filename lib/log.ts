import pino, { type Logger } from 'pino'
import { nodeEnv } from '#lib/env/node.ts'

/**
 * A second line of defence: no line of ours has such a field. The first is that lines are made field by field, and the
 * tests that search all output for secrets.
 */
const SECRETS = ['authorization', 'cookie', 'set-cookie', 'password', 'token', 'secret', 'hash'].concat([
  'access_token',
  'refresh_token',
  'accessToken',
  'refreshToken',
  'new_password',
  'newPassword',
])

let logger: Logger | undefined

/** The logger's settings, so that a test can have one that writes to where it looks. */
export function logOptions(level: string): pino.LoggerOptions {
  const paths = SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`])
  return {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[secret]' },
  }
}

/** JSON lines on standard output. What is logged is chosen field by field: never a body, a header or a whole error object of a query. */
export function log(): Logger {
  // The file descriptor itself: whatever else is written to the stream becomes a line of ours (lib/boot/log-output.ts).
  logger ??= pino(logOptions(nodeEnv().logLevel), pino.destination(1))
  return logger
}

/** Name, place and request, without the message: a query error's message quotes what was queried. */
export function logUnexpected(error: unknown, requestId: string): void {
  log().error({ request_id: requestId, ...errorFields(error) })
}

/** The same for what no request has caused. */
export function logFailedJob(error: unknown, job: string): void {
  log().error({ job, ...errorFields(error) })
}

/** What of an error may be logged. */
export function errorFields(error: unknown) {
  if (!(error instanceof Error)) return { error: typeof error }
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return { error: error.name, code: 'code' in error ? error.code : undefined, stack: stack?.slice(0, 12) }
}
