import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'

/** What reverse proxies do in practice. Faults can be combined. */
export type Fault =
  /** As staging sites do. The proxy forwards the browser's `Authorization` to the server. */
  | 'asks for HTTP Basic'
  /** As tunnels and HTTP/2 front ends do. Bodies have no length. */
  | 'forwards in chunks'
  /** Forwards requests and responses when they are complete. */
  | 'buffers'
  /** Rejects more than 8 KiB with a page of its own. */
  | 'limits headers'
  /** As nginx does by default. A connection has one request. */
  | 'speaks HTTP/1.0'
  | 'drops idle connections'
  /** As hardening snippets do, with `Referrer-Policy: no-referrer`. Browsers then send `Origin: null` with forms. */
  | 'hides the referrer'
  /** As Cloudflare does to email addresses, unless `Cache-Control: no-transform` forbids it. */
  | 'rewrites addresses'
  /** As proxies do that drop unknown request headers. */
  | 'drops Sec-Fetch'

/** The credentials for HTTP Basic. */
export const BASIC = { username: 'staging', password: 'open sesame' }

export const MAX_HEADER_BYTES = 8192

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer']

export function hasBasicCredentials(authorization: string | undefined): boolean {
  return authorization === `Basic ${btoa(`${BASIC.username}:${BASIC.password}`)}`
}

/** The headers of the forwarded request. Node.js makes their names lower case, as many proxies do. */
export function requestHeaders(request: IncomingMessage, faults: Set<Fault>): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = without(request.headers, HOP_BY_HOP)
  const before = request.headers['x-forwarded-for']
  headers['x-forwarded-for'] = [before, request.socket.remoteAddress].filter(Boolean).join(', ')
  if (faults.has('speaks HTTP/1.0')) headers.connection = 'close'
  // The proxy cannot rewrite a compressed body.
  if (faults.has('rewrites addresses')) headers['accept-encoding'] = 'identity'
  if (!faults.has('drops Sec-Fetch')) return headers
  return without(
    headers,
    Object.keys(headers).filter((name) => name.startsWith('sec-fetch-')),
  )
}

/** The headers of the returned response. */
export function answerHeaders(answer: IncomingMessage, faults: Set<Fault>): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = without(answer.headers, HOP_BY_HOP)
  if (faults.has('hides the referrer')) headers['referrer-policy'] = 'no-referrer'
  return headers
}

function without(headers: OutgoingHttpHeaders, names: string[]): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}
