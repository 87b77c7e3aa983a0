import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'

// Each route's bundle has its own copy of this module, so the store is global.
const KEY = Symbol.for('taskward.documents')
const holder = globalThis as typeof globalThis & { [KEY]?: AsyncLocalStorage<ServerResponse | null> }

function documents(): AsyncLocalStorage<ServerResponse | null> {
  holder[KEY] ??= new AsyncLocalStorage()
  return holder[KEY]
}

/** Remembers the response of each request, so that its page can set the status. */
export function rememberResponses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    // The router loads a page as a document when its data come with an error.
    documents().enterWith('rsc' in request.headers ? null : response)
  })
}

/**
 * Gives the page that is being rendered the status 404. `notFound()` of Next.js ends in a document without content, which
 * scripts alone fill (https://github.com/vercel/next.js/issues/62228).
 */
export function answerNotFound(): void {
  const response = documents().getStore()
  if (response && !response.headersSent) response.statusCode = 404
}
