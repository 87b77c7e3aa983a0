import { endpoint, route } from '#lib/http/route'
import { ok } from '#lib/result'
import { updateTask } from '#lib/tasks/update-task'
import { taskReply } from '../../task-body'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  PATCH: endpoint({ access: 'owner' }, async ({ actor, params, client }) => {
    const task = await updateTask(actor, params.taskId ?? '', { is_completed: true })
    return task.ok ? ok(taskReply(task.value, client)) : task
  }),
})
