import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { isDatabaseUsable } from '#lib/db/state.ts'
import { OUTAGE_HEADER } from '#lib/gate/internal-headers.ts'

export function setOutageHeader(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    delete request.headers[OUTAGE_HEADER]
    if (!isDatabaseUsable()) request.headers[OUTAGE_HEADER] = '1'
  })
}
