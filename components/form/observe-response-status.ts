import { observeResources } from '#components/browser/optional-apis.ts'

/** How long the browser may take to report an answer that Next.js has read already. */
const PATIENCE_MS = 500

/**
 * Watches the status of what is posted to this page's address: Next.js throws an error without a status where an answer
 * is not the action's. Browsers report it as resource timing (Chromium and Firefox since 109).
 * @returns ends the watch and resolves to the last status; null where there is none
 */
export function observeResponseStatus(): () => Promise<number | null> {
  const address = window.location.href.split('#', 1)[0]
  const startedAt = performance.now()
  const isOurs = ({ name, startTime, initiatorType }: PerformanceResourceTiming) =>
    name === address && initiatorType === 'fetch' && startTime >= startedAt
  let endObserving = () => {}
  const seen = new Promise<number | null>((resolve) => {
    endObserving = observeResources((timings) => {
      const timing = timings.findLast(isOurs)
      if (timing) resolve(timing.responseStatus || null)
    })
  })
  return async () => {
    const patience = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null))
    const status = await Promise.race([seen, patience])
    endObserving()
    return status
  }
}
