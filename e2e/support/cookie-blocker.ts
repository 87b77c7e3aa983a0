import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Starts a proxy for plain http that removes cookies from requests and responses until `allow` is called. */
export async function startCookieBlocker() {
  let isAllowed = false
  const server = createServer((incoming, outgoing) => {
    const { cookie, ...headers } = incoming.headers
    const upstream = request(
      incoming.url ?? '',
      { method: incoming.method, headers: isAllowed && cookie ? { ...headers, cookie } : headers },
      (answer) => {
        const { 'set-cookie': cookies, ...kept } = answer.headers
        outgoing.writeHead(answer.statusCode ?? 502, {
          ...kept,
          ...(isAllowed && cookies && { 'set-cookie': cookies }),
        })
        answer.pipe(outgoing)
      },
    )
    upstream.on('error', () => outgoing.destroy())
    incoming.pipe(upstream)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    proxy: { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    allow: () => {
      isAllowed = true
    },
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
