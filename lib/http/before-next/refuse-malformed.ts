import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { log } from '#lib/log.ts'
import { metrics } from '#lib/metrics.ts'
import { closeGracefully, type EarlyCode, earlyRefusal } from './early-refusal.ts'
import { isReceivingBody, refuseUnfinished } from './receive-body.ts'
import { securityHeaders } from './security-headers.ts'

/** Codes of Node's parser and of its time-outs. All others mean a malformed request. */
const CODES: Record<string, EarlyCode> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'PAYLOAD_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
}
const CLOSED = 'HPE_INVALID_EOF_STATE'
const TARGET = /^[A-Z]+ (\S+)/

type ParserError = Error & { code?: string; rawPacket?: Buffer }

/** Node itself would send a bare status, and nothing to CONNECT. */
export function refuseMalformed(server: Server): void {
  const answers = new WeakMap<Socket, ServerResponse>()
  const refused = new WeakSet<Socket>()
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    answers.set(socket, response)
  })
  server.on('clientError', (error: ParserError, socket: Socket) => {
    // The parser reports each further part as well.
    if (refused.has(socket)) return
    refused.add(socket)
    const code = CODES[error.code ?? ''] ?? 'BAD_REQUEST'
    const answer = answers.get(socket)
    const hasLeft = error.code === CLOSED && isReceivingBody(socket)
    if (!socket.writable || socket.bytesRead === 0 || hasLeft) socket.destroy()
    else if (refuseUnfinished(socket, code)) return
    else if (isOwed(answer)) answer.once('finish', () => socket.destroySoon())
    else refuse(socket, code, { cause: String(error.code), packet: error.rawPacket })
  })
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => {})
    const answer = answers.get(socket)
    // The client would read this as the answer to its first request.
    if (isOwed(answer)) answer.once('finish', () => socket.destroySoon())
    else refuse(socket, 'METHOD_NOT_ALLOWED', { cause: 'CONNECT' }, { Allow: 'GET, HEAD, POST' })
  })
}

function isOwed(answer: ServerResponse | undefined): answer is ServerResponse {
  return answer !== undefined && !answer.writableFinished
}

type Reason = { cause: string; packet?: Buffer | undefined }

function refuse(
  socket: Socket,
  code: EarlyCode,
  { cause, packet }: Reason,
  more: Record<string, string> = {},
): void {
  const [, target = ''] = TARGET.exec(packet?.toString('latin1', 0, 200) ?? '') ?? []
  const { status, headers, body, requestId } = earlyRefusal(code, { target })
  const bytes = Buffer.from(body)
  const lines = Object.entries({
    Date: new Date().toUTCString(),
    ...securityHeaders(),
    ...headers,
    ...more,
    'Content-Length': bytes.length,
  })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  closeGracefully(socket)
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n`)
  socket.write(bytes)
  socket.destroySoon()
  metrics().requests.inc({ surface: 'page', route: 'other', method: 'other', status })
  log().info({ request_id: requestId, status, cause })
}
