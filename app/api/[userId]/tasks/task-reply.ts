import type { Client } from '#lib/actor.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { entityTag } from '#lib/http/entity-tag.ts'
import { taskBody } from '#lib/http/task-body.ts'
import { writtenMeta } from '#lib/http/written-meta.ts'
import type { SavedTask, Task } from '#lib/tasks/task.ts'

type Saved = { value: SavedTask; batchId: string | null }

/** One task in its envelope, with its version as `ETag`. */
export function taskReply(task: Task, client: Client, meta: object = responseMeta(client.requestId)) {
  return { status: 200, headers: { ETag: entityTag(task.version) }, body: { data: taskBody(task), meta } }
}

/** A task that was made or changed. */
export function savedReply({ value, batchId }: Saved, client: Client) {
  const next = value.nextTaskId !== undefined && { next_task_id: value.nextTaskId }
  return taskReply(value, client, { ...writtenMeta({ batchId }, client), ...next })
}

/** A new task. Without a batch it is one of before: the client has sent its request again. */
export function createdReply(saved: Saved, client: Client) {
  const { userId, id } = saved.value
  const reply = savedReply(saved, client)
  const headers = { ...reply.headers, Location: `/api/${userId}/tasks/${id}` }
  return { ...reply, status: saved.batchId ? 201 : 200, headers }
}
