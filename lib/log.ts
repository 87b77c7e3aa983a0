import { writeSync } from 'node:fs'
import pino, { type Logger } from 'pino'
import { batchLines } from '#lib/batch-lines.ts'
import { nodeEnv } from '#lib/env/node.ts'

/** A second defence: log lines are written field by field, and tests search all output for secrets. */
const SECRETS = ['authorization', 'cookie', 'set-cookie', 'password', 'token', 'secret', 'hash'].concat([
  'access_token',
  'refresh_token',
  'accessToken',
  'refreshToken',
  'new_password',
  'newPassword',
])

let logger: Logger | undefined

export function logOptions(level: string): pino.LoggerOptions {
  const paths = SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`])
  return {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[secret]' },
  }
}

/** JSON lines on standard output. Never log a body, a header or a whole error object. */
export function log(): Logger {
  logger ??= pino(logOptions(nodeEnv().logLevel), openOutput())
  return logger
}

/** The file descriptor, because log-output.ts turns everything else on the stream into log lines. */
function openOutput() {
  const output = pino.destination(1)
  const lines = batchLines((text) => output.write(text))
  // A write of the stream would come too late.
  process.on('exit', () => lines.flush((text) => writeSync(1, text)))
  return lines
}

/** Without the message, because a query error quotes the queried values. */
export function logUnexpected(error: unknown, requestId: string): void {
  log().error({ request_id: requestId, ...errorFields(error) })
}

export function logFailedJob(error: unknown, job: string): void {
  log().error({ job, ...errorFields(error) })
}

export function errorFields(error: unknown) {
  if (!(error instanceof Error)) return { error: typeof error }
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return { error: error.name, code: 'code' in error ? error.code : undefined, stack: stack?.slice(0, 12) }
}
