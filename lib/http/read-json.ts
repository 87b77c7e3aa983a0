import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'

export const MAX_BODY_BYTES = 64 * 1024

type BodyFailure = Failure<'BAD_REQUEST' | 'PAYLOAD_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE'>

/**
 * @returns the JSON object in the body (RFC 8259: UTF-8); `PAYLOAD_TOO_LARGE` over 64 KiB, whatever length was announced;
 *   `UNSUPPORTED_MEDIA_TYPE` for another content type; `BAD_REQUEST` for malformed JSON and for other values
 */
export async function readJsonObject(request: Request): Promise<Result<object, BodyFailure>> {
  const bytes = await readLimited(request)
  if (!bytes) return err({ code: 'PAYLOAD_TOO_LARGE' })
  if (bytes.length === 0) return notAnObject('must be a JSON object, but there is none')
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (mediaType !== 'application/json') return err({ code: 'UNSUPPORTED_MEDIA_TYPE' })
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? ok(value) : notAnObject('must be a JSON object')
  } catch {
    return notAnObject('must be valid JSON in UTF-8')
  }
}

async function readLimited(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) return null
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function notAnObject(issue: string) {
  return err({ code: 'BAD_REQUEST' as const, details: [{ field: 'body', issue }] })
}
