import type { Client } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { entityTag } from '#lib/http/entity-tag.ts'
import { type Reply, toErrorReply } from '#lib/http/reply.ts'
import { taskBody } from '#lib/http/task-body.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { QUOTAS, type TaskRefusal } from '#lib/tasks/errors.ts'
import type { Task } from '#lib/tasks/task.ts'

/** One task in its envelope, with its version as `ETag`. */
export function taskReply(task: Task, { requestId }: Client) {
  const headers = { ETag: entityTag(task.version) }
  return { status: 200, headers, body: { data: taskBody(task), meta: responseMeta(requestId) } }
}

/** The answer to a change that was refused: a mismatch shows the task as it is now, a quota its limit. */
export function refusedTask(
  error: TaskRefusal | Failure<'BATCH_NOT_FOUND'>,
  { requestId }: Client,
): Result<Reply, Failure<'TASK_NOT_FOUND' | 'BATCH_NOT_FOUND'>> {
  if (error.code === 'TASK_NOT_FOUND' || error.code === 'BATCH_NOT_FOUND') return err({ code: error.code })
  const details = error.code === 'QUOTA_EXCEEDED' ? quotaDetails(error.quota) : taskBody(error.task)
  return ok(toErrorReply({ code: error.code, details: [details] }, requestId))
}

function quotaDetails(quota: keyof typeof QUOTAS) {
  const limit = QUOTAS[quota]
  return { field: quota, issue: `must be at most ${limit}`, limit }
}
