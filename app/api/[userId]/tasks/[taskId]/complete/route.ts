import { refusedTask } from '#lib/http/refused-task.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'
import { updateTask } from '#lib/tasks/update-task.ts'
import { savedReply } from '../../task-reply.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  PATCH: endpoint({ access: 'owner', conditional: true }, async ({ actor, params, versions, client }) => {
    const task = await updateTask(actor, params.taskId ?? '', {
      changes: { isCompleted: true },
      versions,
      now: new Date(),
    })
    return task.ok ? ok(savedReply(task, client)) : refusedTask(task.error, client)
  }),
})
