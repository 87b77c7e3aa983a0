import { subscribe } from 'node:diagnostics_channel'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { KNOWN_ACTIONS_HEADER } from '#lib/gate/internal-headers.ts'

/** Next.js's list of a build's server actions, relative to the server's folder. */
const ACTION_LIST = '.next/server/server-reference-manifest.json'

/** Sends the gate the ids of this build's server actions with every post. Clients cannot set the header. */
export function setKnownActions(list = ACTION_LIST): void {
  // Without a list the gate leaves unknown actions to Next.js.
  const known = existsSync(/* turbopackIgnore: true */ list)
    ? readActionIds(readFileSync(/* turbopackIgnore: true */ list, 'utf8')).join(' ')
    : null
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    delete request.headers[KNOWN_ACTIONS_HEADER]
    if (known !== null && request.method === 'POST') request.headers[KNOWN_ACTIONS_HEADER] = known
  })
}

/** Throws if Next.js has changed the format: every form would count as outdated. */
export function readActionIds(manifest: string): string[] {
  const { node } = JSON.parse(manifest) as { node?: Record<string, unknown> }
  const ids = Object.keys(node ?? {})
  if (ids.length === 0) throw new Error('The build lists no server actions.')
  return ids
}
