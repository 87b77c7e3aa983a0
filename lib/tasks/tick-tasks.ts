import type { Actor } from '#lib/actor.ts'
import { ok } from '#lib/result.ts'
import type { QuotaExceeded } from './errors.ts'
import { type Written, writeTasks } from './journal/write-tasks.ts'
import { changeTask } from './steps/change-task.ts'
import { denyStep, type StepRefusal } from './steps/refusal.ts'

export type Tick = { id: string; isCompleted: boolean }

/**
 * Completes and reopens tasks as one batch. A task that is gone does not keep the others from it.
 * @returns the ids of the tasks that the actor cannot change; `QUOTA_EXCEEDED`, and nothing is written
 */
export async function tickTasks(
  actor: Actor,
  ticks: Tick[],
  { now }: { now: Date },
): Promise<Written<string[], QuotaExceeded>> {
  const written = await writeTasks<Map<string, StepRefusal>, QuotaExceeded>(
    actor,
    { now },
    async (writer) => {
      const refused = new Map<string, StepRefusal>()
      await writer.tasks.load(ticks.map(({ id }) => id))
      for (const { id, isCompleted } of ticks) {
        const changed = await changeTask(writer, id, { changes: { isCompleted }, versions: undefined })
        if (!changed.ok) refused.set(id, changed.error)
      }
      return ok(refused)
    },
  )
  if (!written.ok) return written
  for (const refusal of written.value.values()) await denyStep(actor, refusal)
  return { ...written, value: [...written.value.keys()] }
}
