import { AsyncResource } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { NOTHING_POLICY } from '#lib/auth/edge/content-security-policy'
import type { Failure } from '#lib/failure'
import { FAILURES } from './failures'
import { MAX_BODY_BYTES } from './read-json'
import { toErrorReply } from './reply'

/** How long a body may take: 64 KiB at 50 kbit/s. */
const BODY_MS = 10_000
/** How long the server reads on after a refusal. */
const LINGER_MS = 1_000

type BodyFailure = Failure<'PAYLOAD_TOO_LARGE' | 'REQUEST_TIMEOUT'>

/**
 * Reads a request's body to its end before Next.js, which keeps up to 10 MB of each request in memory, sees the request.
 * Answers 413 at once to a body of more than 64 KiB, announced or counted, and 408 to one that takes more than 10 s.
 * @param onReceived called once the whole body waits in the request
 */
export function receiveBody(
  request: IncomingMessage,
  response: ServerResponse,
  onReceived: () => void,
): void {
  const { method, headers } = request
  const { 'content-length': length, 'transfer-encoding': encoding } = headers
  if (Number(length) > MAX_BODY_BYTES) {
    refuse(request, response, { code: 'PAYLOAD_TOO_LARGE' })
  } else if (method === 'GET' || method === 'HEAD' || !(encoding || Number(length))) {
    // Next.js reads no body of a GET.
    onReceived()
  } else {
    collect(request, response, onReceived)
  }
}

function collect(request: IncomingMessage, response: ServerResponse, onReceived: () => void): void {
  // What the hooks have bound to this request has to follow it past the wait.
  const receive = AsyncResource.bind(onReceived)
  const chunks: Buffer[] = []
  let bytes = 0
  const stop = (failure: BodyFailure) => {
    clearTimeout(timer)
    request.push = () => true
    refuse(request, response, failure)
  }
  const timer = setTimeout(() => stop({ code: 'REQUEST_TIMEOUT' }), BODY_MS)
  response.once('close', () => clearTimeout(timer))
  // Node's parser hands every part of the body, and then null, to this method.
  request.push = (chunk: Buffer | null) => {
    if (chunk) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > MAX_BODY_BYTES) stop({ code: 'PAYLOAD_TOO_LARGE' })
      return true
    }
    clearTimeout(timer)
    Reflect.deleteProperty(request, 'push')
    for (const part of chunks) request.push(part)
    request.push(null)
    receive()
    return true
  }
}

/** Answers in place of Next.js, and closes the connection. */
function refuse(request: IncomingMessage, response: ServerResponse, failure: BodyFailure): void {
  const requestId = randomUUID()
  const { status, body } = toErrorReply(failure, requestId)
  const isApi = request.url?.startsWith('/api/')
  const { socket } = request
  // A client that is still sending would lose the answer to a reset (RFC 9112, 9.6).
  socket.destroySoon = () => {
    socket.end()
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
  const headers = {
    'Content-Type': isApi ? 'application/json' : 'text/plain; charset=utf-8',
    'Content-Security-Policy': NOTHING_POLICY,
    'Cache-Control': 'no-store',
    'X-Request-Id': requestId,
    Connection: 'close',
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.statusCode = status
  response.end(isApi ? JSON.stringify(body) : `${FAILURES[failure.code].text}\n`)
}
