import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'

const STREAM = /^\/api\/[^/]+\/changes\/stream(\?|$)/
/** More than two heartbeats (lib/live/follow-changes.ts). */
const STALLED_MS = 60_000

/** Disconnects a client that keeps a stream open and does not read it: Next.js waits for it without an end. */
export function dropStalledStreams(stalledMs: number = STALLED_MS): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    if (STREAM.test(request.url ?? '')) response.setTimeout(stalledMs)
  })
}
