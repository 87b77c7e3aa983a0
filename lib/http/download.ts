import type { Client } from '#lib/actor.ts'
import { noteDatabaseError } from '#lib/db/outage.ts'
import { RETRY_AFTER } from '#lib/gate/request-failures.ts'
import { logUnexpected } from '#lib/log.ts'

type File = {
  name: string
  contentType: string
  parts: AsyncGenerator<string | Uint8Array>
}

/** A failure before the first part is an error response. A later one aborts the transfer, so that no half file remains. */
export async function download({ name, contentType, parts }: File, { requestId }: Client): Promise<Response> {
  const headers = { 'Cache-Control': 'no-store', 'X-Request-Id': requestId }
  try {
    return new Response(await toStream(parts, { requestId }), {
      headers: {
        ...headers,
        'Content-Type': contentType,
        'Content-Disposition': `attachment; filename="${name}"`,
        'X-Content-Type-Options': 'nosniff',
      },
    })
  } catch (error) {
    if (noteDatabaseError(error)) {
      const text = 'We can’t reach our database right now. Try again in a moment.\n'
      return new Response(text, { status: 503, headers: { ...headers, ...RETRY_AFTER } })
    }
    logUnexpected(error, requestId)
    return new Response('Something went wrong on our side.\n', { status: 500, headers })
  }
}

/** Rejects if there is no first part. A later failure aborts the transfer. */
export async function toStream(
  parts: AsyncGenerator<string | Uint8Array>,
  { requestId }: Pick<Client, 'requestId'>,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder()
  let taken: IteratorResult<string | Uint8Array> | null = await parts.next()
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const part = taken ?? (await parts.next())
        taken = null
        if (part.done) controller.close()
        else controller.enqueue(typeof part.value === 'string' ? encoder.encode(part.value) : part.value)
      } catch (error) {
        if (!noteDatabaseError(error)) logUnexpected(error, requestId)
        controller.error(error)
      }
    },
    cancel: async () => void (await parts.return(undefined)),
  })
}
