import { errorFields, log } from '#lib/log.ts'

const LEVELS = {
  log: 'info',
  info: 'info',
  debug: 'debug',
  trace: 'debug',
  warn: 'warn',
  error: 'error',
} as const
type Method = keyof typeof LEVELS

/**
 * Replaces everything that Next.js, Node or a library prints by log lines with the place that printed it. The text is
 * dropped: it may quote a client's input over several lines (ASVS 16.4.1). `onRequestError` logs errors with a digest,
 * and the request log has aborted requests.
 */
export function logOutput(): void {
  for (const method of Object.keys(LEVELS) as Method[]) {
    console[method] = (...parts: unknown[]) => {
      const error = parts.find((part) => part instanceof Error)
      if (error && ('digest' in error || isDeparture(error))) return
      log()[LEVELS[method]]({ source: 'console', ...(error ? errorFields(error) : placeOfText()) })
    }
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (_text: unknown, ...rest: unknown[]) => {
      log().info({ source: 'output', ...placeOfText() })
      const done = rest.at(-1)
      if (typeof done === 'function') process.nextTick(done as () => void)
      return true
    }
  }
  // Node's own listener would print the message.
  process.removeAllListeners('warning')
  process.on('warning', (warning) => log().warn({ source: 'process', ...errorFields(warning) }))
}

/** Node's error for a request that its client aborted. */
function isDeparture(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'
}

/** The stack of the caller that printed a text. */
function placeOfText() {
  return { error: 'text', stack: errorFields(new Error()).stack?.slice(2, 6) }
}
