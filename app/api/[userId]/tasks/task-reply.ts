import type { Client } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { entityTag } from '#lib/http/entity-tag.ts'
import { type Reply, toErrorReply } from '#lib/http/reply.ts'
import { taskBody } from '#lib/http/task-body.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { VersionMismatch } from '#lib/tasks/errors.ts'
import type { Task } from '#lib/tasks/task.ts'

type TaskFailure = Failure<'TASK_NOT_FOUND'> | VersionMismatch

/** One task in its envelope, with its version as `ETag`. */
export function taskReply(task: Task, { requestId }: Client) {
  const headers = { ETag: entityTag(task.version) }
  return { status: 200, headers, body: { data: taskBody(task), meta: responseMeta(requestId) } }
}

/** The answer to a change of a task that was refused; a mismatch shows the task as it is now. */
export function refusedTask(
  error: TaskFailure,
  { requestId }: Client,
): Result<Reply, Failure<'TASK_NOT_FOUND'>> {
  if (error.code !== 'VERSION_MISMATCH') return err(error)
  return ok(toErrorReply({ code: error.code, details: [taskBody(error.task)] }, requestId))
}
