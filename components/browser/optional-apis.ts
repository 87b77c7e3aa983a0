/**
 * Browsers can forbid a site to store anything. Then these calls throw, and so do missing ones in old browsers. Pages
 * work without them. No other file of the interface calls such an API (refusable.test.ts).
 */

const TURN_MS = 5_000

type Channel = { post: (message: string) => void; leave: () => void }

/** Joins the tabs of this browser that listen on the same channel. */
export function joinChannel(name: string, onMessage?: (event: MessageEvent) => void): Channel {
  const channel = attempt(() => new BroadcastChannel(name))
  if (onMessage) attempt(() => channel?.addEventListener('message', onMessage))
  return {
    post: (message) => attempt(() => channel?.postMessage(message)),
    leave: () => attempt(() => channel?.close()),
  }
}

/** Not by the Cookie Store API: it exists in secure contexts and recent browsers only. */
export function writeCookie(line: string): void {
  attempt(() => {
    document.cookie = line
  })
}

/**
 * Does something that leaves the page, after other tabs that leave it under the same name have been left. At once where the
 * browser has no locks (on plain http) or refuses them.
 */
export function leaveInTurn(name: string, leave: () => void): void {
  // The lock ends with the page, or by this time if the page stays.
  const turn = () => {
    leave()
    return new Promise((resolve) => setTimeout(resolve, TURN_MS))
  }
  const turns = attempt(() => navigator.locks.request(name, turn))
  if (turns) turns.catch(leave)
  else leave()
}

/** The storage of this tab. @returns undefined where it is refused */
export function withSessionStorage<T>(use: (storage: Storage) => T): T | undefined {
  return attempt(() => use(sessionStorage))
}

/**
 * Watches what the page loads. @returns ends the watch, of which nothing comes where the browser reports nothing: Firefox
 * has a setting for that
 */
export function observeResources(onTimings: (timings: PerformanceResourceTiming[]) => void): () => void {
  const observer = attempt(() => {
    const made = new PerformanceObserver((list) =>
      onTimings(list.getEntries() as PerformanceResourceTiming[]),
    )
    made.observe({ type: 'resource' })
    return made
  })
  return () => attempt(() => observer?.disconnect())
}

/** Whether the browser knows that it has no network. */
export function isOffline(): boolean {
  return attempt(() => !navigator.onLine) ?? false
}

function attempt<T>(use: () => T): T | undefined {
  try {
    return use()
  } catch {
    return undefined
  }
}
