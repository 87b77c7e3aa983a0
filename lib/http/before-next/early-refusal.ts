import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { NOTHING_POLICY } from '#lib/gate/content-security-policy.ts'
import { corsHeaders } from '#lib/gate/cors.ts'
import { errorEnvelope } from '#lib/gate/error-envelope.ts'
import { type PageRefusalCode, toPageRefusal } from '#lib/gate/refuse-page.ts'
import { RETRY_AFTER } from '#lib/gate/request-failures.ts'
import type { FailureCode } from '../failures.ts'
import { toErrorReply } from '../reply.ts'

const LINGER_MS = 1_000

const HEADERS_TOO_LARGE = {
  code: 'BAD_REQUEST',
  message: 'The address and the headers are larger than 16 KiB',
  details: null,
}

export type EarlyCode = Extract<FailureCode, PageRefusalCode> | 'HEADERS_TOO_LARGE'

export type EarlyRefusal = {
  status: number
  headers: Record<string, string>
  body: string
  requestId: string
}

type Refused = {
  /** The request target; empty if it could not be read. */
  target: string
  isActionCall?: boolean
  origin?: string | undefined
}

export function earlyRefusal(
  code: EarlyCode,
  { target, isActionCall = false, origin }: Refused,
): EarlyRefusal {
  const requestId = randomUUID()
  const { status, headers, body } = isApi(target)
    ? asJson(code, { requestId, origin: origin ?? null })
    : toPageRefusal(code, isActionCall)
  return {
    status,
    body,
    requestId,
    headers: {
      'Content-Security-Policy': NOTHING_POLICY,
      ...(status === 503 && RETRY_AFTER),
      ...headers,
      'X-Request-Id': requestId,
      Connection: 'close',
    },
  }
}

/** Waits until the client has read the response, or a second: a reset would lose it (RFC 9112, 9.6). */
export function closeGracefully(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end()
    socket.resume()
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
}

function isApi(target: string): boolean {
  return target.startsWith('/api/')
}

function asJson(code: EarlyCode, { requestId, origin }: { requestId: string; origin: string | null }) {
  // The API has no public code for it.
  const { status, body } =
    code === 'HEADERS_TOO_LARGE'
      ? { status: 431, body: errorEnvelope(HEADERS_TOO_LARGE, requestId) }
      : toErrorReply({ code }, requestId)
  const headers = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    ...corsHeaders(origin),
  }
  return { status, headers, body: JSON.stringify(body) }
}
