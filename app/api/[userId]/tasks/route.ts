import { responseMeta } from '#lib/gate/error-envelope.ts'
import { refusedTask } from '#lib/http/refused-task.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { taskBody } from '#lib/http/task-body.ts'
import { pagingSchema } from '#lib/page.ts'
import { ok } from '#lib/result.ts'
import { createTask } from '#lib/tasks/create-task.ts'
import { listTasks } from '#lib/tasks/list-tasks.ts'
import { newTaskSchema } from './create-schema.ts'
import { taskReply } from './task-reply.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'owner', query: pagingSchema }, async ({ actor, query, client }) => {
    const { tasks, nextCursor } = await listTasks(actor, query)
    const meta = { ...responseMeta(client.requestId), count: tasks.length, next_cursor: nextCursor }
    return ok({ status: 200, body: { data: tasks.map(taskBody), meta } })
  }),

  POST: endpoint({ access: 'owner', body: newTaskSchema }, async ({ actor, body, client }) => {
    const task = await createTask(actor, body, { now: new Date() })
    if (!task.ok) return refusedTask(task.error, client)
    const { headers, body: answer } = taskReply(task.value, client)
    const location = `/api/${actor.userId}/tasks/${task.value.id}`
    return ok({ status: 201, headers: { ...headers, Location: location }, body: answer })
  }),
})
