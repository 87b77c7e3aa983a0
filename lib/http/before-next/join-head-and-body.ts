import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'

/**
 * Next.js flushes the headers of a response and then writes its body: two packets and two system calls. Without the
 * flush Node sends both together.
 */
export function joinHeadAndBody(): void {
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    response.flushHeaders = () => {}
  })
}
