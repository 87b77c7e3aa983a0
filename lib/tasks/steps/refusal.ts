import type { Actor } from '#lib/actor.ts'
import { denyTask } from '../deny-task.ts'
import type { TaskRefusal } from '../errors.ts'
import type { Written } from '../journal/write-tasks.ts'
import { denyList } from '../lists/deny-list.ts'

/** The actor cannot use this id, which was in the field of that name. */
export type Missing = {
  code: 'TASK_NOT_FOUND' | 'LIST_NOT_FOUND'
  id: string
  field: 'id' | 'list_id' | 'after_id'
}

/** Why a step of a batch is refused. */
export type StepRefusal = Missing | Exclude<TaskRefusal, { code: Missing['code'] }>

/** Returns the refusal of a verb. Only after its transaction, because recording needs a connection of its own. */
export async function denyMissing<T>(
  actor: Actor,
  written: Written<T, StepRefusal>,
): Promise<Written<T, TaskRefusal>> {
  return written.ok ? written : { ok: false, error: await denyStep(actor, written.error) }
}

/** Records an attempt on another user's task or list. */
export async function denyStep(actor: Actor, error: StepRefusal): Promise<TaskRefusal> {
  if (error.code === 'LIST_NOT_FOUND') return (await denyList(actor, error.id)).error
  return error.code === 'TASK_NOT_FOUND' ? (await denyTask(actor, error.id)).error : error
}
