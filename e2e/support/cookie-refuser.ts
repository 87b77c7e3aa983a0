import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A proxy between a browser and servers on plain http: what passes it carries no cookie until `allow()`. */
export async function startCookieRefuser() {
  let isAllowed = false
  const server = createServer((incoming, outgoing) => {
    const { cookie, ...headers } = incoming.headers
    const ahead = request(
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
    ahead.on('error', () => outgoing.destroy())
    incoming.pipe(ahead)
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
