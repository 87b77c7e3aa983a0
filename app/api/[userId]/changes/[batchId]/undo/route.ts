import { responseMeta } from '#lib/gate/error-envelope.ts'
import { fieldName } from '#lib/http/change-body.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'
import { undoBatch } from '#lib/tasks/journal/undo-batch.ts'
import { refusedTask } from '../../../tasks/task-reply.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'owner' }, async ({ actor, params, client }) => {
    const result = await undoBatch(actor, params.batchId ?? '', { now: new Date() })
    if (!result.ok) return refusedTask(result.error, client)
    const skipped = result.value.skipped.map(({ taskId, reason, fields }) => ({
      task_id: taskId,
      reason,
      fields: fields.map(fieldName),
    }))
    const data = { undone: result.value.undone, skipped }
    return ok({ status: 200, body: { data, meta: responseMeta(client.requestId) } })
  }),
})
