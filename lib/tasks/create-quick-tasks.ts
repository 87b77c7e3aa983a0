import type { Actor } from '#lib/actor.ts'
import { ok } from '#lib/result.ts'
import type { TaskRefusal } from './errors.ts'
import { type Written, writeTasks } from './journal/write-tasks.ts'
import { MAX_LABELS } from './quick/choose-tokens.ts'
import type { QuickTask } from './quick/quick-task.ts'
import { readQuickTask } from './quick/read-quick-task.ts'
import type { NewTask } from './schema.ts'
import { addTask } from './steps/add-task.ts'
import { findLabels } from './steps/find-labels.ts'
import { findOrAddLists } from './steps/find-or-add-lists.ts'
import { denyMissing, type StepRefusal } from './steps/refusal.ts'
import type { Task } from './task.ts'

type Lines = {
  lines: readonly string[]
  /** Texts of tokens that the user took back. */
  ignored?: readonly string[]
  /** For what a line does not have. Its labels are added to those of the line. */
  defaults?: Pick<NewTask, 'listId' | 'dueOn' | 'priority' | 'labels'>
}

/**
 * Makes a task of each line, as one batch, with the lists that the lines name. The first line is the first of the new tasks.
 * @param today in the account's time zone
 * @returns the tasks in the order of the lines; `QUOTA_EXCEEDED`
 */
export async function createQuickTasks(
  actor: Actor,
  { lines, ignored = [], defaults = {} }: Lines,
  { today, now }: { today: string; now: Date },
): Promise<Written<Task[], TaskRefusal>> {
  const read = lines.map((line) => readQuickTask(line, { today, ignored }))
  const written = await writeTasks<Task[], StepRefusal>(actor, { now }, async (writer) => {
    const lists = await findOrAddLists(
      writer,
      read.flatMap(({ list }) => list ?? []),
    )
    await writer.lists.load([...lists.values()])
    const labels = await findLabels(
      writer,
      read.flatMap((line) => line.labels),
    )
    const tasks: Task[] = []
    // From the last line on, because each new task comes before all others.
    for (const line of read.toReversed()) {
      const listId = line.list === null ? defaults.listId : lists.get(line.list)
      const spelled = { ...line, labels: line.labels.map((label) => labels.get(label) ?? label) }
      const task = await addTask(writer, { ...withDefaults(spelled, defaults), listId })
      if (!task.ok) return task
      tasks.unshift(task.value)
    }
    return ok(tasks)
  })
  return denyMissing(actor, written)
}

function withDefaults(
  { list: _, tokens: __, ...fields }: QuickTask,
  { dueOn, priority, labels = [] }: NonNullable<Lines['defaults']>,
): NewTask {
  return {
    ...fields,
    dueOn: fields.dueOn ?? (fields.startOn === null ? dueOn : null),
    priority: fields.priority || priority,
    labels: [...new Set([...labels, ...fields.labels])].slice(0, MAX_LABELS),
  }
}
