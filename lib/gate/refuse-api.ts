import { errorEnvelope } from './error-envelope.ts'
import { REQUEST_FAILURES } from './request-failures.ts'

export function refuseApi(
  code: 'UNAUTHORIZED' | 'METHOD_NOT_ALLOWED' | 'SERVICE_UNAVAILABLE',
  { requestId, headers }: { requestId: string; headers: Record<string, string> },
): Response {
  const { status, publicCode, message } = REQUEST_FAILURES[code]
  const envelope = errorEnvelope({ code: publicCode, message, details: null }, requestId)
  return Response.json(envelope, { status, headers: { 'Cache-Control': 'no-store', ...headers } })
}
