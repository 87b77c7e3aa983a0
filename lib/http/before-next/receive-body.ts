import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { UPLOAD_HEADER } from '#lib/gate/internal-headers.ts'
import { closeGracefully, type EarlyCode, earlyRefusal } from './early-refusal.ts'
import { type BodyLimits, holdUpload, limitsOf, makeHold } from './hold-upload.ts'
import { onceClosed } from './once-closed.ts'

/** By connection: refuses the request whose body is arriving there. */
const arriving = new WeakMap<Socket, (code: EarlyCode) => void>()

/**
 * Next.js would keep up to 10 MB of a body in memory. Over 64 KiB it is 413 without reading the rest; after 10 s 408. A route
 * that takes files has its own limits.
 */
export function receiveBody(
  request: IncomingMessage,
  response: ServerResponse,
  onReceived: () => void,
): void {
  const { method, headers } = request
  const { 'content-length': length, 'transfer-encoding': encoding } = headers
  const limits = limitsOf(request)
  delete headers[UPLOAD_HEADER]
  if (Number(length) > limits.bytes) {
    refuseEarly(request, response, tooLarge(limits))
  } else if (method === 'GET' || method === 'HEAD' || !(encoding || Number(length))) {
    // Next.js reads no body of a GET.
    onReceived()
  } else {
    collect(request, response, { limits, onReceived })
  }
}

export function isReceivingBody(socket: Socket): boolean {
  return arriving.has(socket)
}

/** @returns false if no body is arriving on the connection */
export function refuseUnfinished(socket: Socket, code: EarlyCode): boolean {
  const stop = arriving.get(socket)
  stop?.(code)
  return stop !== undefined
}

export function refuseEarly(
  request: IncomingMessage,
  response: ServerResponse,
  code: EarlyCode,
  more: Record<string, string> = {},
): void {
  const { 'next-action': action, origin } = request.headers
  const refused = { target: request.url ?? '', isActionCall: action !== undefined, origin }
  const { status, headers, body } = earlyRefusal(code, refused)
  closeGracefully(request.socket)
  for (const [name, value] of Object.entries({ ...headers, ...more })) response.setHeader(name, value)
  response.statusCode = status
  response.end(body)
}

function tooLarge({ isUpload }: BodyLimits): EarlyCode {
  return isUpload ? 'FILE_TOO_LARGE' : 'PAYLOAD_TOO_LARGE'
}

function collect(
  request: IncomingMessage,
  response: ServerResponse,
  { limits, onReceived }: { limits: BodyLimits; onReceived: () => void },
): void {
  // Keeps the asynchronous context of the hooks across the wait.
  const context = new AsyncResource('received body')
  const { socket } = request
  const hold = limits.isUpload ? makeHold(request, response) : () => true
  const chunks: Buffer[] = []
  let bytes = 0
  const settle = () => {
    clearTimeout(timer)
    arriving.delete(socket)
  }
  const stop = (code: EarlyCode) => {
    settle()
    request.push = () => true
    socket.once('close', () => request.destroy())
    refuseEarly(request, response, code)
  }
  const timer = setTimeout(() => stop('REQUEST_TIMEOUT'), limits.ms)
  arriving.set(socket, stop)
  onceClosed(response, settle)
  // Node's parser calls this with every part of the body, and then with null.
  request.push = (chunk: Buffer | null) => {
    if (chunk) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > limits.bytes) stop(tooLarge(limits))
      else if (!hold(chunk.length)) stop('BUSY')
      return true
    }
    settle()
    Reflect.deleteProperty(request, 'push')
    if (limits.isUpload) holdUpload(request, response, Buffer.concat(chunks))
    else for (const part of chunks) request.push(part)
    request.push(null)
    context.runInAsyncScope(onReceived)
    return true
  }
}
