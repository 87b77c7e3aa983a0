import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as openRequest,
  type ServerResponse,
} from 'node:http'
import { connect, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { answerHeaders, type Fault, hasBasicCredentials, MAX_HEADER_BYTES, requestHeaders } from './faults.ts'
import { obfuscateAddresses } from './obfuscate-addresses.ts'

/** What the browser receives instead of the server's response. `cut` is the beginning of that response. */
export type Replacement = { status: number; headers?: OutgoingHttpHeaders; body: string } | 'cut'

export type FaultyProxy = {
  /** The origin, without a slash at its end. */
  url: string
  /** Sets the server behind the proxy. The server starts later, because it must know the proxy's origin. */
  forwardTo: (server: string) => void
  /** Replaces the faults. */
  setFaults: (...faults: Fault[]) => void
  /** Replaces the response to the next POST. */
  answerNextPost: (replacement: Replacement) => void
  close: () => Promise<void>
}

const IDLE_MS = 50
/** Too few for React to parse the result of an action. */
const CUT_BYTES = 10

/** Opens a reverse proxy on loopback. It forwards `Host`, appends to `X-Forwarded-For`, and has faults. */
export async function openFaultyProxy(): Promise<FaultyProxy> {
  let faults = new Set<Fault>()
  let target = new URL('http://127.0.0.1')
  let nextPost: Replacement | null = null

  const proxy = createServer((request, response) => {
    const replacement = request.method === 'POST' ? nextPost : null
    if (replacement) nextPost = null
    handle(request, response, replacement).catch((error) => {
      if (response.headersSent) response.destroy()
      else send(response, 502, {}, `<h1>502 Bad Gateway</h1><p>${error}</p>`)
    })
    // The browser may send its next request on the closing connection.
    if (faults.has('drops idle connections')) {
      response.once('finish', () => setTimeout(() => proxy.closeIdleConnections(), IDLE_MS).unref())
    }
  })

  async function handle(request: IncomingMessage, response: ServerResponse, replacement: Replacement | null) {
    if (faults.has('asks for HTTP Basic') && !hasBasicCredentials(request.headers.authorization)) {
      const headers = { 'www-authenticate': 'Basic realm="Staging"' }
      return send(response, 401, headers, '<h1>401 Authorization Required</h1>')
    }
    if (faults.has('limits headers') && request.rawHeaders.join(': ').length > MAX_HEADER_BYTES) {
      return send(response, 400, {}, '<h1>400 Request Header Or Cookie Too Large</h1>')
    }
    if (replacement && replacement !== 'cut') {
      request.resume()
      return send(response, replacement.status, replacement.headers ?? {}, replacement.body)
    }
    await sendBack(await forward(request), response, replacement === 'cut')
  }

  async function forward(request: IncomingMessage): Promise<IncomingMessage> {
    const isOld = faults.has('speaks HTTP/1.0')
    const headers = requestHeaders(request, faults)
    // HTTP/1.0 has no chunks.
    const body = isOld || faults.has('buffers') ? await buffer(request) : request
    if (Buffer.isBuffer(body) && body.length > 0) headers['content-length'] = body.length
    if (headers['content-length'] && faults.has('forwards in chunks')) delete headers['content-length']
    const { hostname: host, port } = target
    const upstream = openRequest({
      host,
      port,
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers,
      ...(isOld && { createConnection: () => speakHttp10(connect(Number(port), '127.0.0.1')) }),
    })
    if (Buffer.isBuffer(body)) upstream.end(body)
    else body.pipe(upstream)
    const [answer] = await once(upstream, 'response')
    return answer
  }

  async function sendBack(answer: IncomingMessage, response: ServerResponse, isCut: boolean) {
    const headers = answerHeaders(answer, faults)
    const mayRewrite = !/no-transform/.test(answer.headers['cache-control'] ?? '')
    const isPage = /text\/html/.test(answer.headers['content-type'] ?? '')
    const isRewritten = faults.has('rewrites addresses') && isPage && mayRewrite
    const status = answer.statusCode ?? 502
    if (!isCut && !isRewritten && !faults.has('buffers')) {
      response.writeHead(status, headers)
      return void answer.pipe(response)
    }
    const body = await buffer(answer)
    const sent = isRewritten ? Buffer.from(obfuscateAddresses(body.toString())) : body
    response.writeHead(status, { ...headers, 'content-length': sent.length })
    if (!isCut) return void response.end(sent)
    response.write(sent.subarray(0, CUT_BYTES), () => response.destroy())
  }

  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return {
    url: `http://localhost:${address.port}`,
    forwardTo: (server) => {
      target = new URL(server)
      target.hostname = '127.0.0.1'
    },
    setFaults: (...wanted) => {
      faults = new Set(wanted)
    },
    answerNextPost: (replacement) => {
      nextPost = replacement
    },
    close: async () => {
      const closed = once(proxy.close(), 'close')
      proxy.closeAllConnections()
      await closed
    },
  }
}

function send(response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body)
}

/** Changes the version in the first line that the socket writes. The client of Node.js supports HTTP/1.1 only. */
function speakHttp10(socket: Socket): Socket {
  const write = socket.write.bind(socket)
  let isFirst = true
  socket.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const old = isFirst ? String(chunk).replace(' HTTP/1.1\r\n', ' HTTP/1.0\r\n') : chunk
    isFirst = false
    return Reflect.apply(write, socket, [old, ...rest])
  }
  return socket
}
