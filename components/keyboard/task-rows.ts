const FOCUSABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
const STOP = '[role=checkbox], input[type=checkbox]'

/** The task that has the focus. An open editor is none. */
export function currentRow(): HTMLElement | null {
  const row = document.activeElement?.closest<HTMLElement>('li.task')
  return row?.querySelector(STOP) ? row : null
}

export function findInRow(row: HTMLElement, what: 'checkbox' | 'link' | 'delete' | 'selection') {
  const selectors = {
    checkbox: '[role=checkbox]',
    link: 'a[aria-label^="Edit "]',
    delete: 'button[aria-label^="Delete "]',
    selection: 'input[type=checkbox]',
  }
  return row.querySelector<HTMLElement>(selectors[what])
}

/** Focuses the task `step` tasks further, or the first one. The list does not wrap around. */
export function moveInList(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('li.task')].filter((row) => row.querySelector(STOP))
  const current = currentRow()
  const next = current ? rows[rows.indexOf(current) + step] : rows[0]
  next?.querySelector<HTMLElement>(STOP)?.focus()
}

/** Focuses the next control of the task: each task is one stop of the Tab key. */
export function moveInRow(row: HTMLElement, step: 1 | -1): void {
  const controls = [...row.querySelectorAll<HTMLElement>(FOCUSABLE)]
  controls[controls.findIndex((control) => control.matches(':focus')) + step]?.focus()
}

/** Makes each task one stop while the browser handles the Tab key. */
export function skipRestOfRows(): void {
  const rest = [...document.querySelectorAll<HTMLElement>(`li.task :is(${FOCUSABLE}):not(${STOP})`)].filter(
    (control) => control.closest('li.task')?.querySelector(STOP),
  )
  for (const control of rest) control.tabIndex = -1
  setTimeout(() => {
    for (const control of rest) control.removeAttribute('tabindex')
  })
}
