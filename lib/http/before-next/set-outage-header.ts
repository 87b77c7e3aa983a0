import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { isDatabaseUsable } from '#lib/db/state.ts'
import { OUTAGE_HEADER } from '#lib/gate/internal-headers.ts'

/** Marks every request that arrives while the database is unavailable. Clients cannot set the header. */
export function setOutageHeader(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    delete request.headers[OUTAGE_HEADER]
    if (!isDatabaseUsable()) request.headers[OUTAGE_HEADER] = '1'
  })
}
