import type { Failure } from '#lib/failure.ts'
import { errorEnvelope } from '#lib/gate/error-envelope.ts'
import { FAILURES, type FailureCode } from './failures.ts'

/** A text or a stream needs a `Content-Type` among the headers; null means no body. */
export type Reply = { status: number; body: object | string | null; headers?: Record<string, string> }

export function toResponse(reply: Reply, requestId: string): Response {
  const headers = { 'Cache-Control': 'no-store', 'X-Request-Id': requestId, ...reply.headers }
  if (reply.body === null || typeof reply.body === 'string' || reply.body instanceof ReadableStream) {
    return new Response(reply.body, { status: reply.status, headers })
  }
  return Response.json(reply.body, { status: reply.status, headers })
}

type Refusal = Omit<Failure<FailureCode>, 'details'> & { details?: readonly object[] }

export function toErrorReply(failure: Refusal, requestId: string): Reply {
  const { status, publicCode: code, message } = FAILURES[failure.code]
  const headers: Record<string, string> = {}
  if (failure.code === 'UNAUTHORIZED') headers['WWW-Authenticate'] = 'Bearer'
  if (failure.retryAfterSeconds !== undefined) headers['Retry-After'] = String(failure.retryAfterSeconds)
  return {
    status,
    headers,
    body: errorEnvelope({ code, message, details: failure.details ?? null }, requestId),
  }
}
