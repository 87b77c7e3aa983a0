import { attempt } from './optional-apis.ts'

/**
 * Keeps work running in one tab of the browser; in each visible tab where it has no Web Locks (plain http) or blocks them.
 * @param start begins the work, and returns what ends it
 * @returns ends it in this tab, so that another one takes over
 */
export function runInOneTab(name: string, start: () => () => void): () => void {
  const left = new AbortController()
  const { signal } = left
  const run = () => {
    const end = start()
    return new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        end()
        resolve()
      })
    })
  }
  const runs = attempt(() => navigator.locks.request(name, { signal }, run))
  if (runs) runs.catch(() => runWhileVisible(start, signal))
  else runWhileVisible(start, signal)
  return () => left.abort()
}

/** A browser opens six connections to a site at a time, so that hidden tabs must not keep them. */
function runWhileVisible(start: () => () => void, signal: AbortSignal): void {
  let end: (() => void) | null = null
  const update = () => {
    if (!signal.aborted && document.visibilityState === 'visible') end ??= start()
    else {
      end?.()
      end = null
    }
  }
  document.addEventListener('visibilitychange', update, { signal })
  signal.addEventListener('abort', update)
  update()
}
