import process from 'node:process'

const DRAIN_MS = 5_000
const CLOSE_MS = 4_000

type Drain = {
  /** Ends responses that would not end by themselves. */
  begin: () => void
  close: () => Promise<void>
}

/** Next.js answers a signal with `process.exit`, and offers no hook. This delays the exit until `close` is done. */
export function drainOnSignals({ begin, close }: Drain): void {
  const exit = process.exit
  let isEnding = false
  const drain = (signal: 'SIGTERM' | 'SIGINT') => {
    if (isEnding) return
    isEnding = true
    begin()
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
