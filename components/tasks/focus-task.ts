/** The checkboxes of all tasks on the page, in their order. */
function checkboxes(): HTMLButtonElement[] {
  return [...document.querySelectorAll<HTMLButtonElement>('[role="checkbox"][value]')]
}

/** @returns false if the task is not on the page */
export function focusTask(taskId: string): boolean {
  const checkbox = checkboxes().find(({ value }) => value === taskId)
  checkbox?.focus()
  return checkbox !== undefined
}

/** Focuses the task behind one that leaves the page, else the one before it, else the field of a new task. */
export function focusNextTask(taskId: string): void {
  const all = checkboxes()
  const index = all.findIndex(({ value }) => value === taskId)
  const next = all[index + 1] ?? all[index - 1] ?? document.getElementById('title')
  next?.focus()
}

let opened: { taskId: string; from: string } | undefined

/** Remembers the task whose page is open. @param task `from` is the list that the page returns to */
export function rememberOpened(task: { taskId: string; from: string }): void {
  opened = task
}

/** Focuses the task whose page was open, if the user has returned to its list, or the page without the task. */
export function focusOpened(path: string): void {
  if (opened?.from === path && !focusTask(opened.taskId)) document.getElementById('main')?.focus()
  opened = undefined
}
