import { responseMeta } from '#lib/gate/error-envelope.ts'
import { refusedTask } from '#lib/http/refused-task.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { taskBody } from '#lib/http/task-body.ts'
import type { PageRequest } from '#lib/page.ts'
import { ok } from '#lib/result.ts'
import { newTaskSchema } from '#lib/tasks/body-schema.ts'
import { createTask } from '#lib/tasks/create-task.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { readOwnTasks, toOwnTasks } from '#lib/tasks/list-tasks.ts'
import { queryTasks } from '#lib/tasks/query/query-tasks.ts'
import { type TaskQuery, taskQuerySchema } from './query-schema.ts'
import { createdReply } from './task-reply.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(
    {
      access: 'owner',
      query: taskQuerySchema,
      read: (query) => (query.filter ? undefined : readOwnTasks(plain(query))),
    },
    async ({ actor, query, own, client }) => {
      const { filter, order, cursor, limit } = query
      const todayOf = () => dayIn(actor.timeZone ?? 'UTC', new Date())
      const page = filter
        ? await queryTasks(actor, { filter, order, cursor, limit, today: todayOf() })
        : ok(toOwnTasks(own, plain(query)))
      if (!page.ok) return page
      const { tasks, nextCursor } = page.value
      const meta = { ...responseMeta(client.requestId), count: tasks.length, next_cursor: nextCursor }
      return ok({ status: 200, body: { data: tasks.map(taskBody), meta } })
    },
  ),

  POST: endpoint({ access: 'owner', body: newTaskSchema }, async ({ actor, body, client }) => {
    const task = await createTask(actor, body, { now: new Date() })
    if (!task.ok) return refusedTask(task.error, client)
    return ok(createdReply(task, client))
  }),
})

function plain({ limit, cursor }: TaskQuery): PageRequest {
  return { limit, cursor: cursor?.id }
}
