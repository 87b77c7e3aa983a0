import { fieldName } from '#lib/http/change-body.ts'
import { refusedTask } from '#lib/http/refused-task.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { writtenMeta } from '#lib/http/written-meta.ts'
import { ok } from '#lib/result.ts'
import { undoBatch } from '#lib/tasks/journal/undo-batch.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'owner' }, async ({ actor, params, client }) => {
    const result = await undoBatch(actor, params.batchId ?? '', { now: new Date() })
    if (!result.ok) return refusedTask(result.error, client)
    const { undone, skipped } = result.value
    const data = {
      undone: undone.flatMap(({ taskId }) => taskId ?? []),
      undone_lists: undone.flatMap(({ listId }) => listId ?? []),
      skipped: skipped.map(({ taskId, listId, reason, fields }) => ({
        task_id: taskId,
        list_id: listId,
        reason,
        fields: [...new Set(fields.map(fieldName))],
      })),
    }
    return ok({ status: 200, body: { data, meta: writtenMeta(result, client) } })
  }),
})
