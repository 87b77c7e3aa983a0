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
 * Turns everything that Next.js, Node or a library prints into lines of the log that say where it was printed. Its text goes,
 * because it may quote what a client sent and reach over several lines (ASVS 16.4.1). An error with a digest has its line
 * by `onRequestError` already, which knows the request. So has a request whose client has left, as `aborted`.
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
  // Node's own listener prints the message.
  process.removeAllListeners('warning')
  process.on('warning', (warning) => log().warn({ source: 'process', ...errorFields(warning) }))
}

/** What Node gives a request whose client leaves before its answer. */
function isDeparture(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'
}

/** Where a text is printed: the callers of the function that takes it. */
function placeOfText() {
  return { error: 'text', stack: errorFields(new Error()).stack?.slice(2, 6) }
}
