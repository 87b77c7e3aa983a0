import { responseMeta } from '#lib/gate/error-envelope.ts'
import { listBody } from '#lib/http/list-body.ts'
import { refusedTask } from '#lib/http/refused-task.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { writtenMeta } from '#lib/http/written-meta.ts'
import { ok } from '#lib/result.ts'
import { createList } from '#lib/tasks/lists/create-list.ts'
import { getLists } from '#lib/tasks/lists/get-lists.ts'
import { createListSchema } from '#lib/tasks/lists/schema.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'owner' }, async ({ actor, client }) => {
    const lists = await getLists(actor)
    const meta = { ...responseMeta(client.requestId), count: lists.length }
    return ok({ status: 200, body: { data: lists.map(listBody), meta } })
  }),

  POST: endpoint({ access: 'owner', body: createListSchema }, async ({ actor, body, client }) => {
    const list = await createList(actor, body, { now: new Date() })
    if (!list.ok) return refusedTask(list.error, client)
    return ok({ status: 201, body: { data: listBody(list.value), meta: writtenMeta(list, client) } })
  }),
})
