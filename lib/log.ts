import pino, { type Logger } from 'pino'
import { nodeEnv } from '#lib/env/node'

let logger: Logger | undefined

/** JSON lines on standard output. What is logged is chosen field by field: never a body, a header or a whole error object of a query. */
export function log(): Logger {
  logger ??= pino({ level: nodeEnv().logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime })
  return logger
}

/** Name, place and request, without the message: a query error's message quotes what was queried. */
export function logUnexpected(error: unknown, requestId: string): void {
  const stack =
    error instanceof Error ? error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) : undefined
  const name = error instanceof Error ? error.name : typeof error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  log().error({ request_id: requestId, error: name, code, stack: stack?.slice(0, 12) })
}
