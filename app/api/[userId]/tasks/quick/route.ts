import { refusedTask } from '#lib/http/refused-task.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'
import { createQuickTasks } from '#lib/tasks/create-quick-tasks.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { quickAddSchema } from '#lib/tasks/schema.ts'
import { createdReply } from '../task-reply.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'owner', body: quickAddSchema }, async ({ actor, body, client }) => {
    const now = new Date()
    const today = dayIn(actor.timeZone ?? 'UTC', now)
    const created = await createQuickTasks(actor, { lines: [body.text] }, { today, now })
    if (!created.ok) return refusedTask(created.error, client)
    const [value] = created.value
    if (!value) throw new Error('The line became no task')
    return ok(createdReply({ value, batchId: created.batchId }, client))
  }),
})
