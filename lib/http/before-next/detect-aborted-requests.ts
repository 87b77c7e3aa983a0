import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'

// Each bundle of a route holds this module once more; the requests are the process's.
const KEY = Symbol.for('taskward.departures')
const holder = globalThis as typeof globalThis & { [KEY]?: AsyncLocalStorage<AbortSignal> }

function departures(): AsyncLocalStorage<AbortSignal> {
  holder[KEY] ??= new AsyncLocalStorage()
  return holder[KEY]
}

/**
 * Gives every request of this process's HTTP servers a signal that aborts when its client leaves before the answer is
 * complete. Next gives one to route handlers alone, and none to server actions.
 */
export function detectAbortedRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    const left = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) left.abort()
    })
    departures().enterWith(left.signal)
  })
}

/** The signal of the request that this code runs for; undefined outside of any. */
export function getRequestSignal(): AbortSignal | undefined {
  return departures().getStore()
}
