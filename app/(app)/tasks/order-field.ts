/** How much of each id is in the field `order`: enough to name a task of a page (docs/decisions/0039-light-pages.md). */
export const ID_END = 4

/** @param order the ends of the ids of a page's tasks, in a row @returns the task behind another one, or the one before */
export function taskNextTo(taskId: string, order: string): string | undefined {
  const ends: string[] = order.match(/.{4}/g) ?? []
  const index = ends.indexOf(taskId.slice(-ID_END))
  return index < 0 ? undefined : (ends[index + 1] ?? ends[index - 1])
}
