import process from 'node:process'

const DRAIN_MS = 5_000
const CLOSE_MS = 3_000

/**
 * On SIGTERM and SIGINT, Next closes its server, waits for the requests in flight and calls `process.exit` in the same
 * breath. This holds that exit until `close` is done, and ends the process within seconds even if a request or `close`
 * hangs. Next offers no other moment between its last answer and the end.
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
      // Next does nothing after it asked for the exit.
      return undefined as never
    }
    process.exit = end
    setTimeout(end, DRAIN_MS)
  }
  process.on('SIGTERM', drain)
  process.on('SIGINT', drain)
}
