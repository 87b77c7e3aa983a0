import type { Actor } from '#lib/actor.ts'
import { denyTask } from '../deny-task.ts'
import type { TaskRefusal } from '../errors.ts'
import type { Written } from '../journal/write-tasks.ts'
import { denyList } from '../lists/deny-list.ts'

/** The id is the one that the actor cannot use. */
export type Missing = { code: 'TASK_NOT_FOUND' | 'LIST_NOT_FOUND'; id: string }

/** Why a step of a batch is refused. */
export type StepRefusal = Missing | Exclude<TaskRefusal, { code: Missing['code'] }>

/** Records an attempt on another user's task or list. Only after the transaction, because that needs a connection of its own. */
export async function denyMissing<T>(
  actor: Actor,
  written: Written<T, StepRefusal>,
): Promise<Written<T, TaskRefusal>> {
  if (written.ok) return written
  const { error } = written
  if (error.code === 'LIST_NOT_FOUND') return denyList(actor, error.id)
  return error.code === 'TASK_NOT_FOUND' ? denyTask(actor, error.id) : { ok: false, error }
}
