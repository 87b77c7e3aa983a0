import type { TaskGroup, TaskPlace } from './task-view.ts'

/** What a dragged task is over: a task, or a link to a view or list. */
export type Over = { taskId: string; isBelow: boolean } | { path: string }

export type Drop = {
  /** What the drop changes, as the form of changes names it. Nothing is the first place, or the Inbox. */
  fields: { after_id: string } | { list_id: string } | { due_on: string }
  /** The tasks of the page after it. */
  groups: TaskGroup[]
}

type Page = {
  place: TaskPlace
  /** Whether the tasks are in the order of the user. */
  canMove: boolean
}

/** @returns what a drop means, or null where it would change nothing, and for a completed task */
export function planDrop(groups: TaskGroup[], taskId: string, over: Over, page: Page): Drop | null {
  const task = groups.flatMap(({ tasks }) => tasks).find(({ id }) => id === taskId)
  if (!task || task.completed) return null
  return 'path' in over ? dropOnLink(groups, taskId, over.path, page) : dropOnTask(groups, taskId, over, page)
}

function dropOnLink(groups: TaskGroup[], taskId: string, path: string, { place }: Page): Drop | null {
  const params = new URL(path, 'http://localhost').searchParams
  const view = params.get('view')
  if (view === 'today') return place.view === 'today' ? null : { fields: { due_on: 'today' }, groups }
  const list = view === 'inbox' ? '' : params.get('list')
  const current = place.view === 'inbox' ? '' : place.list
  if (list === null || list === current) return null
  return { fields: { list_id: list }, groups: current === undefined ? groups : without(groups, taskId) }
}

function dropOnTask(
  groups: TaskGroup[],
  taskId: string,
  over: Exclude<Over, { path: string }>,
  { place, canMove }: Page,
): Drop | null {
  const source = groups.find(({ tasks }) => tasks.some(({ id }) => id === taskId))
  const target = groups.find(({ tasks }) => tasks.some(({ id }) => id === over.taskId))
  const task = source?.tasks.find(({ id }) => id === taskId)
  if (!source || !target || !task || over.taskId === taskId) return null

  const insert = (at: (tasks: TaskGroup['tasks']) => number) =>
    without(groups, taskId).map((group, index) =>
      groups[index] === target ? { ...group, tasks: group.tasks.toSpliced(at(group.tasks), 0, task) } : group,
    )
  if (!canMove) {
    if (target === source || !target.day) return null
    return { fields: { due_on: target.day }, groups: insert((tasks) => tasks.length) }
  }
  const others = target.tasks.filter(({ id }) => id !== taskId)
  const index = others.findIndex(({ id }) => id === over.taskId) + Number(over.isBelow)
  const isUnchanged = target === source && source.tasks[index] === task
  // The task before the first one of a later page is unknown.
  const isKnown = index > 0 || !place.cursor
  if (isUnchanged || !isKnown || target !== source) return null
  return { fields: { after_id: others[index - 1]?.id ?? '' }, groups: insert(() => index) }
}

function without(groups: TaskGroup[], taskId: string): TaskGroup[] {
  return groups.map((group) => ({ ...group, tasks: group.tasks.filter(({ id }) => id !== taskId) }))
}
