import { listBody } from '#lib/http/list-body.ts'
import { refusedTask } from '#lib/http/refused-task.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { deletedReply, writtenMeta } from '#lib/http/written-meta.ts'
import { ok } from '#lib/result.ts'
import { deleteList } from '#lib/tasks/lists/delete-list.ts'
import { updateListSchema } from '#lib/tasks/lists/schema.ts'
import { updateList } from '#lib/tasks/lists/update-list.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  PATCH: endpoint({ access: 'owner', body: updateListSchema }, async ({ actor, params, body, client }) => {
    const list = await updateList(actor, params.listId ?? '', { changes: body, now: new Date() })
    if (!list.ok) return refusedTask(list.error, client)
    return ok({ status: 200, body: { data: listBody(list.value), meta: writtenMeta(list, client) } })
  }),

  DELETE: endpoint({ access: 'owner' }, async ({ actor, params, client }) => {
    const deleted = await deleteList(actor, params.listId ?? '', { now: new Date() })
    return deleted.ok ? ok(deletedReply(deleted)) : refusedTask(deleted.error, client)
  }),
})
