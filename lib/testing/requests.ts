import { edgeEnv } from '#lib/env/edge.ts'
import { cookieNames } from '#lib/gate/cookie-names.ts'

type Own = {
  method?: string
  headers?: Record<string, string> | undefined
  body?: BodyInit | undefined
  path?: string | undefined
}

/** A request to this site. One with a body is JSON unless it has another `content-type`. */
export function makeRequest({ method = 'GET', headers = {}, body, path = '/api/test' }: Own = {}): Request {
  const all = new Headers(body === undefined ? {} : { 'content-type': 'application/json' })
  for (const [name, value] of Object.entries(headers)) all.set(name, value)
  // Node refuses a body that comes bit by bit without `duplex`.
  const init = { method, headers: all, ...(body !== undefined && { body, duplex: 'half' }) }
  return new Request(new URL(path, edgeEnv().appUrl), init)
}

export function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` }
}

/** The cookies of a signed-in browser. */
export function accessCookie(token: string): { cookie: string } {
  return { cookie: `${cookieNames().access}=${token}` }
}

/** What a browser adds to requests from the application's own pages. */
export function ourOrigin(): { origin: string } {
  return { origin: edgeEnv().appUrl.origin }
}
