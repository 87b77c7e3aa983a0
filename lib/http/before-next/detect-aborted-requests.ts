import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { onceClosed } from './once-closed.ts'

// Each route's bundle has its own copy of this module, so the store is global.
const KEY = Symbol.for('taskward.open-requests')
const holder = globalThis as typeof globalThis & { [KEY]?: AsyncLocalStorage<OpenRequest> }

type OpenRequest = {
  signal: AbortSignal
  /** When its body had come, as `performance.now()`. */
  arrivedAt?: number
  response: ServerResponse
  /** The router of a page asks for data, not for a document. Next.js deletes the header that shows it. */
  isForRouter: boolean
}

function openRequests(): AsyncLocalStorage<OpenRequest> {
  holder[KEY] ??= new AsyncLocalStorage()
  return holder[KEY]
}

/** For requests whose client disconnects before the response is complete. Next.js gives server actions no signal. */
export function detectAbortedRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    const controller = new AbortController()
    onceClosed(response, () => {
      if (!response.writableFinished) controller.abort()
    })
    const isForRouter = 'rsc' in request.headers
    openRequests().enterWith({ signal: controller.signal, response, isForRouter })
  })
}

/** Called as soon as the body is complete: a slow upload is no wait for the server. */
export function noteArrival(): void {
  const openRequest = getOpenRequest()
  if (openRequest) openRequest.arrivedAt = performance.now()
}

/** What Next.js gives no page. */
export function getOpenRequest(): OpenRequest | undefined {
  return openRequests().getStore()
}
