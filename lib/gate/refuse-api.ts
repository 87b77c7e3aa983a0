import { errorEnvelope } from './error-envelope.ts'

const MEANINGS = {
  UNAUTHORIZED: { status: 401, message: 'Authentication required' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'Method not allowed' },
  SERVICE_UNAVAILABLE: { status: 503, message: 'Temporarily unavailable, try again shortly' },
}

/** The gate's own no to an API request, in the envelope that every error comes in. */
export function refusal(
  code: keyof typeof MEANINGS,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  const { status, message } = MEANINGS[code]
  const envelope = errorEnvelope({ code, message, details: null }, requestId)
  return Response.json(envelope, { status, headers: { 'Cache-Control': 'no-store', ...headers } })
}

/**
 * Refuses a prefetch; no cache keeps the answer. Behind HTTP Basic it is 403: after any 401 browsers forget the password
 * of the proxy in front, and ask for it again.
 */
export function refusePrefetch(headers: Headers): Response {
  const isBehindBasic = /^basic\b/i.test(headers.get('authorization') ?? '')
  return new Response(null, { status: isBehindBasic ? 403 : 401, headers: { 'Cache-Control': 'no-store' } })
}
