import { responseMeta } from '#lib/gate/error-envelope.ts'
import { refusedTask } from '#lib/http/refused-task.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { taskBody } from '#lib/http/task-body.ts'
import { ok } from '#lib/result.ts'
import { newTaskSchema } from '#lib/tasks/body-schema.ts'
import { createTask } from '#lib/tasks/create-task.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { listTasks } from '#lib/tasks/list-tasks.ts'
import { queryTasks } from '#lib/tasks/query/query-tasks.ts'
import { taskQuerySchema } from './query-schema.ts'
import { createdReply } from './task-reply.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'owner', query: taskQuerySchema }, async ({ actor, query, client }) => {
    const { filter, order, cursor, limit } = query
    const { timeZone } = actor
    const page = filter
      ? await queryTasks(actor, { filter, order, cursor, limit, today: dayIn(timeZone ?? 'UTC', new Date()) })
      : ok(await listTasks(actor, { limit, cursor: cursor?.id }))
    if (!page.ok) return page
    const { tasks, nextCursor } = page.value
    const meta = { ...responseMeta(client.requestId), count: tasks.length, next_cursor: nextCursor }
    return ok({ status: 200, body: { data: tasks.map(taskBody), meta } })
  }),

  POST: endpoint({ access: 'owner', body: newTaskSchema }, async ({ actor, body, client }) => {
    const task = await createTask(actor, body, { now: new Date() })
    if (!task.ok) return refusedTask(task.error, client)
    return ok(createdReply(task, client))
  }),
})
