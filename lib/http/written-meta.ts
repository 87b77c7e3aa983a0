import type { Client } from '#lib/actor.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'

type Batch = { batchId: string | null }

/** `meta` of a change: `POST changes/{batch_id}/undo` takes it back. `batch_id` is null if nothing differs. */
export function writtenMeta({ batchId }: Batch, { requestId }: Client) {
  return { ...responseMeta(requestId), batch_id: batchId }
}

/** An answer without a body names its batch in a header. */
export function deletedReply({ batchId }: Batch) {
  return { status: 204, body: null, ...(batchId && { headers: { 'X-Batch-Id': batchId } }) }
}
