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
  requestLock(name, { signal, run }).catch(() => runWhileVisible(start, signal))
  return () => left.abort()
}

/** Rejects as well where there are no Web Locks. */
async function requestLock(
  name: string,
  { signal, run }: { signal: AbortSignal; run: () => Promise<void> },
): Promise<void> {
  await navigator.locks.request(name, { signal }, run)
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
