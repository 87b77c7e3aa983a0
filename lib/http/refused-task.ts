import type { Client } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { QUOTAS, type TaskRefusal } from '#lib/tasks/errors.ts'
import { type Reply, toErrorReply } from './reply.ts'
import { taskBody } from './task-body.ts'

/** Answered by code and details as they are. */
type PlainRefusal = Exclude<TaskRefusal['code'], 'QUOTA_EXCEEDED' | 'VERSION_MISMATCH'> | 'BATCH_NOT_FOUND'

/** The answer to a change that was refused: a mismatch shows the task as it is now, a quota its limit. */
export function refusedTask(
  error: TaskRefusal | Failure<'BATCH_NOT_FOUND'>,
  { requestId }: Client,
): Result<Reply, Failure<PlainRefusal>> {
  if (error.code !== 'QUOTA_EXCEEDED' && error.code !== 'VERSION_MISMATCH') return err(error)
  const details = error.code === 'QUOTA_EXCEEDED' ? quotaDetails(error.quota) : taskBody(error.task)
  return ok(toErrorReply({ code: error.code, details: [details] }, requestId))
}

function quotaDetails(quota: keyof typeof QUOTAS) {
  const limit = QUOTAS[quota]
  return { field: quota, issue: `must be at most ${limit}`, limit }
}
