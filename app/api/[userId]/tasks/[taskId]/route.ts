import { refusedTask } from '#lib/http/refused-task.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { deletedReply } from '#lib/http/written-meta.ts'
import { ok } from '#lib/result.ts'
import { deleteTask } from '#lib/tasks/delete-task.ts'
import { getTask } from '#lib/tasks/get-task.ts'
import { updateTask } from '#lib/tasks/update-task.ts'
import { savedReply, taskReply } from '../task-reply.ts'
import { updateTaskSchema } from './update-schema.ts'

const update = endpoint(
  { access: 'owner', body: updateTaskSchema, conditional: true },
  async ({ actor, params, body, versions, client }) => {
    const task = await updateTask(actor, params.taskId ?? '', { changes: body, versions, now: new Date() })
    return task.ok ? ok(savedReply(task, client)) : refusedTask(task.error, client)
  },
)

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'owner' }, async ({ actor, params, client }) => {
    const task = await getTask(actor, params.taskId ?? '')
    return task.ok ? ok(taskReply(task.value, client)) : task
  }),
  PUT: update,
  PATCH: update,
  DELETE: endpoint({ access: 'owner', conditional: true }, async ({ actor, params, versions, client }) => {
    const deleted = await deleteTask(actor, params.taskId ?? '', { versions, now: new Date() })
    return deleted.ok ? ok(deletedReply(deleted)) : refusedTask(deleted.error, client)
  }),
})
