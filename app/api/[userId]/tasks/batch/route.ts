import type { Client } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { FAILURES, type FailureCode } from '#lib/http/failures.ts'
import { refusedTask } from '#lib/http/refused-task.ts'
import { type Reply, toErrorReply } from '#lib/http/reply.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { taskBody } from '#lib/http/task-body.ts'
import { writtenMeta } from '#lib/http/written-meta.ts'
import { ok, type Result } from '#lib/result.ts'
import { type BatchRefusal, runBatch } from '#lib/tasks/run-batch.ts'
import { batchSchema } from './batch-schema.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'owner', body: batchSchema }, async ({ actor, body, client }) => {
    const saved = await runBatch(actor, body.operations, { now: new Date() })
    if (!saved.ok) return refusedBatch(saved.error, client)
    const data = saved.value.map((task) => task && taskBody(task))
    const next_task_ids = saved.value.flatMap((task) => task?.nextTaskId ?? [])
    const meta = { ...writtenMeta(saved, client), count: data.length, next_task_ids }
    return ok({ status: 200, body: { data, meta } })
  }),
})

/** As for a single task, with the name of the operation before that of the field. */
function refusedBatch(
  { refusal, index, field }: BatchRefusal,
  client: Client,
): Result<Reply, Failure<FailureCode>> {
  if (refusal.code === 'QUOTA_EXCEEDED') return refusedTask(refusal, client)
  const nameOf = (name: string) => `operations.${index}.${name}`
  const detailsOf = (): object[] => {
    if (refusal.code === 'VERSION_MISMATCH') {
      return [{ field: nameOf('version'), issue: 'is not the present version', ...taskBody(refusal.task) }]
    }
    if (field) return [{ field: nameOf(field), issue: FAILURES[refusal.code].message }]
    const details = 'details' in refusal ? (refusal.details ?? []) : []
    return details.map(({ field: name, issue }) => ({ field: nameOf(name), issue }))
  }
  return ok(toErrorReply({ code: refusal.code, details: detailsOf() }, client.requestId))
}
