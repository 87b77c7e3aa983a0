import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { CLIENT_ADDRESS_HEADER, UPLOAD_HEADER } from '#lib/gate/internal-headers.ts'
import { IMPORT_LIMITS } from '#lib/tasks/import/errors.ts'
import { networkOf } from '#lib/throttle/network.ts'
import { readSignedAddress } from '../client-address.ts'
import { MAX_BODY_BYTES } from '../read-json.ts'
import { openUploads } from '../uploads.ts'
import { onceClosed } from './once-closed.ts'

const UPLOAD_ROUTES = /^\/(api\/[^/?]+\/import|settings\/data\/upload)(\?|$)/

/** With what a form adds to its file. */
const MAX_UPLOAD_BYTES = IMPORT_LIMITS.bytes + MAX_BODY_BYTES
/** Node's own limit, too: 10 MB at 2.8 Mbit/s. */
const UPLOAD_MS = 30_000
/** Of all uploads that one process has in memory. */
const MAX_HELD_BYTES = 6 * MAX_UPLOAD_BYTES
/** Of those from one network, since their senders are not known yet: it leaves memory to others. */
const MAX_NETWORK_BYTES = 2 * MAX_UPLOAD_BYTES

/** How long a body may take: 64 KiB at 50 kbit/s. */
const BODY_MS = 10_000

export type BodyLimits = { bytes: number; ms: number; isUpload: boolean }

export function limitsOf({ method, url = '' }: IncomingMessage): BodyLimits {
  return method === 'POST' && UPLOAD_ROUTES.test(url)
    ? { bytes: MAX_UPLOAD_BYTES, ms: UPLOAD_MS, isUpload: true }
    : { bytes: MAX_BODY_BYTES, ms: BODY_MS, isUpload: false }
}

const heldByNetwork = new Map<string, number>()
let heldBytes = 0

/**
 * Counts the parts of an upload until its response ends.
 * @returns counts a part: false if the process has too much in memory, in all or from this network
 */
export function makeHold({ headers }: IncomingMessage, response: ServerResponse): (count: number) => boolean {
  const network = networkOf(readSignedAddress(String(headers[CLIENT_ADDRESS_HEADER])) ?? '')
  let own = 0
  const add = (count: number) => {
    own += count
    heldBytes += count
    const ofNetwork = (heldByNetwork.get(network) ?? 0) + count
    if (ofNetwork > 0) heldByNetwork.set(network, ofNetwork)
    else heldByNetwork.delete(network)
    return heldBytes <= MAX_HELD_BYTES && ofNetwork <= MAX_NETWORK_BYTES
  }
  // This and `holdUpload` add one each. Next.js may add as many as Node allows.
  response.setMaxListeners(response.getMaxListeners() + 2)
  onceClosed(response, () => add(-own))
  return add
}

/** Keeps the body for its route. Next.js gets a request without one, which it neither copies nor cuts. */
export function holdUpload(request: IncomingMessage, response: ServerResponse, bytes: Buffer): void {
  const { headers } = request
  const id = randomUUID()
  openUploads().set(id, { bytes, contentType: headers['content-type'] ?? '' })
  onceClosed(response, () => openUploads().delete(id))
  for (const name of ['content-type', 'content-length', 'transfer-encoding']) delete headers[name]
  headers[UPLOAD_HEADER] = id
}
