import { answerMeta } from '#lib/auth/edge/error-envelope'
import { pagingSchema } from '#lib/http/paging'
import { endpoint, route } from '#lib/http/route'
import { ok } from '#lib/result'
import { createTask } from '#lib/tasks/create-task'
import { listTasks } from '#lib/tasks/list-tasks'
import { createTaskSchema } from '#lib/tasks/schema'
import { taskBody, taskReply } from './task-body'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'owner', query: pagingSchema }, async ({ actor, query, client }) => {
    const { tasks, nextCursor } = await listTasks(actor, query)
    const meta = { ...answerMeta(client.requestId), count: tasks.length, next_cursor: nextCursor }
    return ok({ status: 200, body: { data: tasks.map(taskBody), meta } })
  }),

  POST: endpoint({ access: 'owner', body: createTaskSchema }, async ({ actor, body, client }) => {
    const task = await createTask(actor, body)
    const { headers, body: answer } = taskReply(task, client)
    const location = `/api/${task.userId}/tasks/${task.id}`
    return ok({ status: 201, headers: { ...headers, Location: location }, body: answer })
  }),
})
