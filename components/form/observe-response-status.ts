import { observeResources } from '#components/browser/optional-apis.ts'

/** How long to wait for the timing of a response that Next.js has already read. */
const TIMEOUT_MS = 500

/**
 * Observes the HTTP status of a server action's response through resource timing (Chromium and Firefox since 109). The
 * error that Next.js throws for any other response has no status.
 * @returns stops observing and resolves to the last status, or null if the browser reports none
 */
export function observeResponseStatus(): () => Promise<number | null> {
  const address = window.location.href.split('#', 1)[0]
  const startedAt = performance.now()
  const isActionResponse = ({ name, startTime, initiatorType }: PerformanceResourceTiming) =>
    name === address && initiatorType === 'fetch' && startTime >= startedAt
  let endObserving = () => {}
  const observed = new Promise<number | null>((resolve) => {
    endObserving = observeResources((timings) => {
      const timing = timings.findLast(isActionResponse)
      if (timing) resolve(timing.responseStatus || null)
    })
  })
  return async () => {
    const timeout = new Promise<null>((resolve) => setTimeout(resolve, TIMEOUT_MS, null))
    const status = await Promise.race([observed, timeout])
    endObserving()
    return status
  }
}
