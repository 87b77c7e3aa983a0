import { subscribe } from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'

/** The last value wins (RFC 6265 section 4.1.1): the action of a log-in sets cookies after the gate's renewal. */
export function dropDuplicateCookies(): void {
  subscribe('http.server.request.start', (message) => {
    const { response } = message as { response: ServerResponse }
    const { setHeader, writeHead } = response
    response.writeHead = (...head: unknown[]) => {
      const cookies = response.getHeader('set-cookie')
      // Node's own method: Next.js replaces it with one that restores the gate's cookies.
      if (Array.isArray(cookies))
        Reflect.apply(setHeader, response, ['set-cookie', lastCookieOfEachName(cookies)])
      return Reflect.apply(writeHead, response, head)
    }
  })
}

export function lastCookieOfEachName(cookies: string[]): string[] {
  return [...new Map(cookies.map((cookie) => [cookie.slice(0, cookie.indexOf('=')), cookie])).values()]
}
