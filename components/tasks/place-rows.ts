import type { TaskGroup, TaskView } from './task-view.ts'

/** A row that stays where it was until the page shows another place. */
export type Pin = {
  id: string
  task: TaskView | undefined
  group: TaskGroup
  /** The place of the group among the others, for one that has no other task left. */
  index: number
  /** Its neighbours. */
  after: string | undefined
  before: string | undefined
}

export type PlacedRow = {
  id: string
  /** As the server has it, or undefined if the server shows it no longer. */
  task: TaskView | undefined
  /** The group whose first row this is. */
  begins: TaskGroup | undefined
}

/** @returns the pin of a row in its present place */
export function pinOf(groups: TaskGroup[], id: string): Pin {
  for (const [index, group] of groups.entries()) {
    const at = group.tasks.findIndex((task) => task.id === id)
    const neighbours = { after: group.tasks[at - 1]?.id, before: group.tasks[at + 1]?.id }
    if (at >= 0) return { id, task: group.tasks[at], group, index, ...neighbours }
  }
  return { id, task: undefined, group: { tasks: [] }, index: 0, after: undefined, before: undefined }
}

/** All rows in their order: those of the server, but pinned ones in the places that they had. */
export function placeRows(groups: TaskGroup[], pins: Pin[]): PlacedRow[] {
  const tasks = new Map(groups.flatMap((group) => group.tasks.map((task) => [task.id, task])))
  const placed = groups.map((group) => ({ group, ids: group.tasks.map(({ id }) => id) }))
  for (const pin of pins) {
    const { id, group, index } = pin
    const found = placed.find((one) => one.group.heading === group.heading)
    if (found?.ids.includes(id)) continue
    for (const one of placed) one.ids = one.ids.filter((other) => other !== id)
    const home = found ?? { group, ids: [] }
    if (!found) placed.splice(index, 0, home)
    home.ids.splice(indexOf(pin, home.ids), 0, id)
  }
  return placed.flatMap(({ group, ids }) =>
    ids.map((id, at) => ({ id, task: tasks.get(id), begins: at === 0 ? group : undefined })),
  )
}

function indexOf({ after, before }: Pin, ids: string[]): number {
  if (after !== undefined && ids.includes(after)) return ids.indexOf(after) + 1
  return before !== undefined && ids.includes(before) ? ids.indexOf(before) : ids.length
}
