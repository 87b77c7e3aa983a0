import type { ComponentType } from 'react'
import { FIELD_NAMES } from '#app/(app)/tasks/edit-field-names.ts'
import type { DialogProps } from './keyboard.tsx'
import { FIELD_WAIT_MS, type ShortcutId } from './shortcuts.ts'
import { currentRow, findInRow, moveInList } from './task-rows.ts'

type Page = {
  push: DialogProps['push']
  show: (dialog: ComponentType<DialogProps>) => void
}

/** Each presses a control of the page as a click would. One whose control is absent does nothing. Ends when it is done. */
const RUN: Record<ShortcutId, (page: Page) => unknown> = {
  palette: async ({ show }) => show((await import('./command-palette.tsx')).default),
  shortcuts: async ({ show }) => show((await import('./shortcut-sheet.tsx')).default),
  today: ({ push }) => push('/tasks?view=today'),
  upcoming: ({ push }) => push('/tasks?view=upcoming'),
  inbox: ({ push }) => push('/tasks?view=inbox'),
  all: ({ push }) => push('/tasks'),
  done: ({ push }) => push('/tasks?view=done'),
  'new-task': (page) => focusOn('title', '/tasks', page),
  search: (page) => focusOn('q', '/tasks', page),
  undo: async ({ show }) => {
    const undo = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Undo')
    if (undo) undo.click()
    // After an undo the bar has "Redo".
    else show((await import('./earlier-changes.tsx')).default)
  },
  next: () => moveInList(1),
  previous: () => moveInList(-1),
  complete: () => findInCurrentRow('checkbox')?.click(),
  open: (page) => openField(FIELD_NAMES.title, page),
  // As a click with Alt does.
  edit: () => {
    const click = new MouseEvent('click', { altKey: true, bubbles: true, cancelable: true })
    findInCurrentRow('link')?.dispatchEvent(click)
  },
  delete: () => findInCurrentRow('delete')?.click(),
  select: ({ push }) => {
    const row = currentRow()
    const selection = row && findInRow(row, 'selection')
    const checkbox = row && findInRow(row, 'checkbox')
    if (selection) selection.click()
    else if (checkbox instanceof HTMLButtonElement) push(withParameter('select', checkbox.value))
  },
  due: (page) => openField(FIELD_NAMES.dueOn, page),
  priority: (page) => openField(FIELD_NAMES.priority, page),
  list: (page) => openField(FIELD_NAMES.listId, page),
  labels: (page) => openField(FIELD_NAMES.labels, page),
  'move-up': () => sendChange('move_up'),
  'move-down': () => sendChange('move_down'),
}

export async function runShortcut(id: ShortcutId, page: Page): Promise<void> {
  await RUN[id](page)
}

function findInCurrentRow(what: Parameters<typeof findInRow>[1]): HTMLElement | null {
  const row = currentRow()
  return row && findInRow(row, what)
}

function withParameter(name: string, value: string): string {
  const address = new URL(window.location.href)
  address.searchParams.set(name, value)
  return address.pathname + address.search
}

/** Opens the page of the task, and focuses a field there. */
async function openField(name: string, page: Page): Promise<void> {
  const path = findInCurrentRow('link')?.getAttribute('href')
  if (path) await focusOn(name, path, page)
}

/** Sends the list's form with a button that the list does not show. */
function sendChange(name: string): void {
  const row = currentRow()
  const checkbox = row && findInRow(row, 'checkbox')
  if (!(checkbox instanceof HTMLButtonElement) || checkbox.form?.dataset.canMove === undefined) return
  const button = document.createElement('button')
  Object.assign(button, { hidden: true, name, value: checkbox.value })
  button.setAttribute('form', checkbox.getAttribute('form') ?? '')
  row?.append(button)
  button.click()
  button.remove()
}

/** Focuses a field, after opening the page that has it. */
async function focusOn(name: string, path: string, { push }: Page): Promise<void> {
  const { pathname } = new URL(path, window.location.href)
  const isFocused = () => {
    const field = document.querySelector<HTMLElement>(`:is(main, search) [name="${name}"]:not([type=hidden])`)
    if (field && window.location.pathname === pathname) focusField(field)
    return field !== null && field === document.activeElement
  }
  if (isFocused() || !push(path)) return
  const deadline = performance.now() + FIELD_WAIT_MS
  while (!isFocused() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
}

function focusField(field: HTMLElement): void {
  const isSearch = field instanceof HTMLInputElement && field.type === 'search'
  // In a narrow window the search is in a menu.
  const menu = isSearch && document.querySelector<HTMLDetailsElement>('.task-menu')
  if (menu) menu.open = true
  field.focus()
  // What is typed next is another search. In other fields it may be a further word.
  if (isSearch) field.select()
}
