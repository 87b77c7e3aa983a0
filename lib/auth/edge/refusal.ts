import { errorEnvelope } from './error-envelope'

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
