import process from 'node:process'

const DRAIN_MS = 5_000
const CLOSE_MS = 3_000

/**
 * On SIGTERM and SIGINT, Next.js answers the requests in flight, then calls `process.exit`. This delays that exit until
 * `close` is done, for a few seconds at most. Next.js offers no hook after its last answer.
 */
export function drainOnSignals(close: () => Promise<void>): void {
  const exit = process.exit
  let isEnding = false
  const drain = (signal: 'SIGTERM' | 'SIGINT') => {
    if (isEnding) return
    isEnding = true
    const code = signal === 'SIGTERM' ? 143 : 130
    let closing: Promise<void> | undefined
    const end = (): never => {
      closing ??= close().catch((error) => console.error('The database did not close:', error))
      void closing.then(() => exit(code))
      setTimeout(() => exit(code), CLOSE_MS)
      // Next.js does nothing after this call.
      return undefined as never
    }
    process.exit = end
    setTimeout(end, DRAIN_MS)
  }
  process.on('SIGTERM', drain)
  process.on('SIGINT', drain)
}
