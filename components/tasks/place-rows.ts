import type { TaskGroup, TaskView } from './task-view.ts'

/** A row that stays where it was until the page shows another place. */
export type Pin = {
  id: string
  task: TaskView | undefined
  group: TaskGroup
  /** The place of the group among the others, for one that has no other task left. */
  index: number
  /** The other rows of the group, the nearest first. */
  above: string[]
  below: string[]
}

export type PlacedRow = {
  id: string
  /** As the server has it, or undefined if the server shows it no longer. */
  task: TaskView | undefined
  /** The group whose first row this is. */
  begins: TaskGroup | undefined
}

/** @returns the pin of a row in its present place, among rows that are pinned themselves */
export function pinOf(rows: PlacedRow[], id: string): Pin {
  const groups = groupRows(rows)
  const index = groups.findIndex(({ ids }) => ids.includes(id))
  const { group = { tasks: [] }, ids = [] } = groups[index] ?? {}
  const at = ids.indexOf(id)
  const neighbours = { above: ids.slice(0, Math.max(at, 0)).reverse(), below: ids.slice(at + 1) }
  return {
    id,
    task: rows.find((row) => row.id === id)?.task,
    group,
    index: Math.max(index, 0),
    ...neighbours,
  }
}

function groupRows(rows: PlacedRow[]): { group: TaskGroup; ids: string[] }[] {
  const groups: { group: TaskGroup; ids: string[] }[] = []
  for (const { id, begins } of rows) {
    if (begins) groups.push({ group: begins, ids: [] })
    groups.at(-1)?.ids.push(id)
  }
  return groups
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
    // The server counts none of its tasks now.
    const { count: _, ...rest } = group
    const home = found ?? { group: rest, ids: [] }
    if (!found) placed.splice(index, 0, home)
    home.ids.splice(indexOf(pin, home.ids), 0, id)
    // The next turn of a completed task comes below it: above, it would get the click that takes the completion back.
    const next = home.ids.find((other) => other !== id && isOfSeries(tasks.get(other), pin.task?.series))
    if (next !== undefined) {
      home.ids = home.ids.filter((other) => other !== next)
      home.ids.splice(home.ids.indexOf(id) + 1, 0, next)
    }
  }
  return placed.flatMap(({ group, ids }) =>
    ids.map((id, at) => ({ id, task: tasks.get(id), begins: at === 0 ? group : undefined })),
  )
}

function isOfSeries(task: TaskView | undefined, series: string | undefined): boolean {
  return series !== undefined && task?.series === series
}

function indexOf({ above, below }: Pin, ids: string[]): number {
  const last = above.find((id) => ids.includes(id))
  if (last !== undefined) return ids.indexOf(last) + 1
  const next = below.find((id) => ids.includes(id))
  return next === undefined ? ids.length : ids.indexOf(next)
}
