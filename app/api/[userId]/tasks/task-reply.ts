import type { Client } from '#lib/actor.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { entityTag } from '#lib/http/entity-tag.ts'
import { taskBody } from '#lib/http/task-body.ts'
import type { Task } from '#lib/tasks/task.ts'

/** One task in its envelope, with its version as `ETag`. */
export function taskReply(task: Task, { requestId }: Client) {
  const headers = { ETag: entityTag(task.version) }
  return { status: 200, headers, body: { data: taskBody(task), meta: responseMeta(requestId) } }
}
