import type { Actor } from '#lib/actor.ts'
import { foldName } from '../lists/fold-name.ts'
import { getLists } from '../lists/get-lists.ts'
import type { ImportedTask, ReadFile, RowProblem } from './imported-task.ts'

const SHOWN_TASKS = 10
const SHOWN_PROBLEMS = 100

/** What an import would do. */
export type ImportPreview = {
  tasks: number
  completed: number
  /** That the tasks are in, besides the Inbox. */
  lists: number
  isInboxUsed: boolean
  /** Names of lists that would be made. */
  newLists: string[]
  /** The first of them. */
  first: Pick<ImportedTask, ShownField>[]
  /** The first of them. */
  problems: RowProblem[]
  problemCount: number
}

type ShownField = 'title' | 'list' | 'dueOn' | 'dueTime' | 'priority' | 'labels' | 'repeat' | 'repeatAnchor'

export async function previewImport(
  actor: Actor,
  { tasks, lists, problems }: ReadFile,
): Promise<ImportPreview> {
  const known = new Set((await getLists(actor)).map(({ name }) => foldName(name)))
  const used = tasks.flatMap(({ list }) => list ?? [])
  const all = new Map<string, string>()
  for (const name of [...lists.map(({ name }) => name), ...used]) {
    // The first spelling is that of the list.
    if (!all.has(foldName(name))) all.set(foldName(name), name)
  }
  return {
    tasks: tasks.length,
    completed: tasks.filter(({ completedAt }) => completedAt !== null).length,
    lists: new Set(used.map(foldName)).size,
    isInboxUsed: used.length < tasks.length,
    newLists: [...all].filter(([folded]) => !known.has(folded)).map(([, name]) => name),
    first: tasks.slice(0, SHOWN_TASKS).map(toShown),
    problems: problems.slice(0, SHOWN_PROBLEMS),
    problemCount: problems.length,
  }
}

function toShown(task: ImportedTask): Pick<ImportedTask, ShownField> {
  const { title, list, dueOn, dueTime, priority, labels, repeat, repeatAnchor } = task
  return { title, list, dueOn, dueTime, priority, labels, repeat, repeatAnchor }
}
