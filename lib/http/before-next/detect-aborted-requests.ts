import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'

// Each route's bundle has its own copy of this module, so the store is global.
const KEY = Symbol.for('taskward.abort-signals')
const holder = globalThis as typeof globalThis & { [KEY]?: AsyncLocalStorage<AbortSignal> }

function abortSignals(): AsyncLocalStorage<AbortSignal> {
  holder[KEY] ??= new AsyncLocalStorage()
  return holder[KEY]
}

/** For requests whose client disconnects before the response is complete. Next.js gives server actions no signal. */
export function detectAbortedRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    const controller = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) controller.abort()
    })
    abortSignals().enterWith(controller.signal)
  })
}

export function getRequestSignal(): AbortSignal | undefined {
  return abortSignals().getStore()
}
