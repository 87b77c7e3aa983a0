/** The body of every API error (docs/decisions/0005-error-envelope.md). */
export function errorEnvelope(
  error: { code: string; message: string; details: readonly object[] | null },
  requestId: string,
) {
  return { error, meta: responseMeta(requestId) }
}

export function responseMeta(requestId: string): { timestamp: string; request_id: string } {
  return { timestamp: new Date().toISOString(), request_id: requestId }
}
