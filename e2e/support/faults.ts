import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'

/** What reverse proxies in the field do. Several of these work together. */
export type Fault =
  /** As staging sites do; the browser's `Authorization` goes on to the server. */
  | 'asks for HTTP Basic'
  /** As tunnels and HTTP/2 front ends do: bodies have no length. */
  | 'forwards in chunks'
  /** Nothing goes on before it is complete. */
  | 'buffers'
  /** Refuses more than 8 KiB with a page of its own. */
  | 'limits headers'
  /** As nginx does by default: one request a connection. */
  | 'speaks HTTP/1.0'
  | 'drops idle connections'
  /** `Referrer-Policy: no-referrer`, as hardening snippets do: browsers then send `Origin: null` with forms. */
  | 'hides the referrer'
  /** As Cloudflare does, unless `Cache-Control: no-transform` forbids it. */
  | 'rewrites addresses'
  /** Drops request headers that it does not know. */
  | 'drops Sec-Fetch'

/** What opens a proxy that asks for HTTP Basic. */
export const BASIC = { username: 'staging', password: 'open sesame' }

export const MOST_HEADER_BYTES = 8192

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer']

export function isWelcome(authorization: string | undefined): boolean {
  return authorization === `Basic ${btoa(`${BASIC.username}:${BASIC.password}`)}`
}

/** The headers with which a request goes on. Node has put their names into lower case, as many proxies do. */
export function requestHeaders(request: IncomingMessage, faults: Set<Fault>): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = without(request.headers, HOP_BY_HOP)
  const before = request.headers['x-forwarded-for']
  headers['x-forwarded-for'] = [before, request.socket.remoteAddress].filter(Boolean).join(', ')
  if (faults.has('speaks HTTP/1.0')) headers.connection = 'close'
  // It has to read what it rewrites.
  if (faults.has('rewrites addresses')) headers['accept-encoding'] = 'identity'
  if (!faults.has('drops Sec-Fetch')) return headers
  return without(
    headers,
    Object.keys(headers).filter((name) => name.startsWith('sec-fetch-')),
  )
}

/** The headers with which an answer goes back. */
export function answerHeaders(answer: IncomingMessage, faults: Set<Fault>): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = without(answer.headers, HOP_BY_HOP)
  if (faults.has('hides the referrer')) headers['referrer-policy'] = 'no-referrer'
  return headers
}

function without(headers: OutgoingHttpHeaders, names: string[]): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}
