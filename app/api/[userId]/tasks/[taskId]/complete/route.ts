import { endpoint, route } from '#lib/http/route'
import { ok } from '#lib/result'
import { updateTask } from '#lib/tasks/update-task'
import { refusedTask, taskReply } from '../../task-body'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  PATCH: endpoint({ access: 'owner', conditional: true }, async ({ actor, params, versions, client }) => {
    const task = await updateTask(actor, params.taskId ?? '', { is_completed: true }, versions)
    return task.ok ? ok(taskReply(task.value, client)) : refusedTask(task.error, client)
  }),
})
