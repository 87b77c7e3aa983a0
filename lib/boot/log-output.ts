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

/** Logs where Next.js, Node or a library printed a text, without the text: it may quote a client's input (ASVS 16.4.1). */
export function logOutput(): void {
  for (const method of Object.keys(LEVELS) as Method[]) {
    console[method] = (...parts: unknown[]) => {
      const error = parts.find((part) => part instanceof Error)
      if (error && ('digest' in error || isAbortedRequest(error))) return
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

function isAbortedRequest(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'
}

/** The stack of the caller that printed a text. */
function placeOfText() {
  return { error: 'text', stack: errorFields(new Error()).stack?.slice(2, 6) }
}
