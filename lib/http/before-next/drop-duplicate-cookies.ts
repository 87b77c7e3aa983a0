import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'

/**
 * Sends each cookie once per response, as it was set last. The gate and a form's action may both set the session's
 * (a log-in with an access token that has run out): the action comes later and wins (RFC 6265 section 4.1.1).
 */
export function dropDuplicateCookies(): void {
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    const { setHeader, writeHead } = response
    response.writeHead = (...head: unknown[]) => {
      const cookies = response.getHeader('set-cookie')
      // By Node's own method: Next replaces it by one that puts the gate's cookies back.
      if (Array.isArray(cookies))
        Reflect.apply(setHeader, response, ['set-cookie', lastCookieOfEachName(cookies)])
      return Reflect.apply(writeHead, response, head)
    }
  })
}

/** Of `Set-Cookie` lines, the last one of each name. */
export function lastCookieOfEachName(cookies: string[]): string[] {
  return [...new Map(cookies.map((cookie) => [cookie.slice(0, cookie.indexOf('=')), cookie])).values()]
}
