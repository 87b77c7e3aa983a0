import type { Actor } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { findStart } from '#lib/tasks/journal/find-start.ts'
import { gapText, startText } from './event-text.ts'
import { follow, wake } from './follow-changes.ts'
import { type LiveStream, liveState } from './live-state.ts'

/** In one process. */
const STREAMS_PER_ACCOUNT = 6
const STREAMS = 1_000
const RETRY_AFTER_SECONDS = 5
/** How much waits for a client that reads slowly, besides one change. More is read when it has room. */
const BUFFERED_BYTES = 16 * 1024

type Refusal = Failure<'TOO_MANY_STREAMS' | 'SERVICE_UNAVAILABLE'>

/**
 * Opens a stream of the actor's changes after `since`, or from now on. It ends with the session, the client or the process.
 * @returns `TOO_MANY_STREAMS` if the account has too many, `SERVICE_UNAVAILABLE` if the process has too many or stops
 */
export async function openStream(
  actor: Actor,
  { since }: { since: number | undefined },
): Promise<Result<ReadableStream<Uint8Array>, Refusal>> {
  const start = await findStart(actor, since)
  const { streams, isClosing } = liveState()
  const own = [...streams].filter(({ userId }) => userId === actor.userId)
  const retryAfterSeconds = RETRY_AFTER_SECONDS
  if (own.length >= STREAMS_PER_ACCOUNT) return err({ code: 'TOO_MANY_STREAMS', retryAfterSeconds })
  if (isClosing || streams.size >= STREAMS) return err({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds })
  const { stream, body } = createStream(actor, start.seq)
  stream.send(start.isGap ? startText(start.seq) + gapText(start.seq) : startText(start.seq))
  follow(stream)
  // A client that disconnects before Next.js reads the body would keep its place.
  const { abortSignal } = actor.client
  if (abortSignal?.aborted) stream.end()
  abortSignal?.addEventListener('abort', stream.end, { once: true })
  return ok(body)
}

function createStream({ userId, sessionId }: Actor, seq: number) {
  const encoder = new TextEncoder()
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null
  const stream: LiveStream = {
    userId,
    sessionId,
    seq,
    isBehind: false,
    sentAt: performance.now(),
    hasRoom: () => (controller?.desiredSize ?? 0) > 0,
    send: (text) => {
      controller?.enqueue(encoder.encode(text))
      stream.sentAt = performance.now()
    },
    end: () => {
      controller?.close()
      controller = null
      liveState().streams.delete(stream)
    },
  }
  const body = new ReadableStream<Uint8Array>(
    {
      start: (started) => {
        controller = started
      },
      pull: () => {
        if (stream.isBehind) wake(userId)
      },
      cancel: () => {
        controller = null
        liveState().streams.delete(stream)
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFERED_BYTES }),
  )
  return { stream, body }
}
