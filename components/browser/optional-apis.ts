/**
 * Browser APIs that a privacy setting can block or an old browser can lack. Pages work without them, so a failed call has
 * no effect. optional-apis.test.ts keeps files outside of this folder from calling them.
 */

/** Connects the tabs of this site: one that logs in or out notifies the others. */
export const SESSION_CHANNEL = 'taskward.session'

/** The item of `sessionStorage` with the text that is typed on signed-in pages. */
export const TYPED_TEXT = 'taskward.typed'

const MAX_TURN_MS = 5_000

type Channel = { post: (message: string) => void; close: () => void }

/** Connects this tab with the other tabs on the same channel. */
export function joinChannel(name: string, onMessage?: (event: MessageEvent) => void): Channel {
  const channel = attempt(() => new BroadcastChannel(name))
  if (onMessage) attempt(() => channel?.addEventListener('message', onMessage))
  return {
    post: (message) => attempt(() => channel?.postMessage(message)),
    close: () => attempt(() => channel?.close()),
  }
}

/** Uses `document.cookie`, because the Cookie Store API needs https and a recent browser. */
export function writeCookie(line: string): void {
  attempt(() => {
    document.cookie = line
  })
}

/**
 * Leaves the page after other tabs have left theirs under the same name. Does not wait where the browser has no Web Locks
 * (plain http) or blocks them.
 */
export function leaveInTurn(name: string, leave: () => void): void {
  // The browser releases the lock with the page. The timeout releases it if the page stays.
  const turn = () => {
    leave()
    return new Promise((resolve) => setTimeout(resolve, MAX_TURN_MS))
  }
  const turns = attempt(() => navigator.locks.request(name, turn))
  if (turns) turns.catch(leave)
  else leave()
}

/** @returns undefined where the browser blocks `sessionStorage` */
export function withSessionStorage<T>(use: (storage: Storage) => T): T | undefined {
  return attempt(() => use(sessionStorage))
}

/**
 * Reports resource timings. A setting of Firefox turns them off: then `onTimings` is never called.
 * @returns stops the observer
 */
export function observeResources(onTimings: (timings: PerformanceResourceTiming[]) => void): () => void {
  const observer = attempt(() => {
    const created = new PerformanceObserver((list) =>
      onTimings(list.getEntries() as PerformanceResourceTiming[]),
    )
    created.observe({ type: 'resource' })
    return created
  })
  return () => attempt(() => observer?.disconnect())
}

/** True only if the browser knows that it has no network. */
export function isOffline(): boolean {
  return attempt(() => !navigator.onLine) ?? false
}

/** False where the browser does not report it. */
export function hasFinePointer(): boolean {
  return attempt(() => matchMedia('(pointer: fine)').matches) ?? false
}

function attempt<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch {
    return undefined
  }
}
