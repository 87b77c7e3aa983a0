import { subscribe } from 'node:diagnostics_channel'
import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { KNOWN_ACTIONS_HEADER } from '#lib/gate/internal-headers.ts'

/** Where Next lists the server actions of a build, below the folder that the server runs in. */
const ACTION_LIST = '.next/server/server-reference-manifest.json'

/** Names the server actions of this build to the gate with every post. Clients cannot set the mark. */
export function setKnownActions(list = ACTION_LIST): void {
  // Without a list the gate leaves unknown actions to Next.
  const known = existsSync(/* turbopackIgnore: true */ list)
    ? readActionIds(readFileSync(/* turbopackIgnore: true */ list, 'utf8')).join(' ')
    : null
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    delete request.headers[KNOWN_ACTIONS_HEADER]
    if (known !== null && request.method === 'POST') request.headers[KNOWN_ACTIONS_HEADER] = known
  })
}

/** The ids in Next's list. Throws if it is not as it was: every form would be called outdated. */
export function readActionIds(manifest: string): string[] {
  const { node } = JSON.parse(manifest) as { node?: Record<string, unknown> }
  const ids = Object.keys(node ?? {})
  if (ids.length === 0) throw new Error('The build lists no server actions.')
  return ids
}
