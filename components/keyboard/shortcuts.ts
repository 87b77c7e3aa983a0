/**
 * Every keyboard shortcut. The handlers, the list of shortcuts, the command palette, the help page and the tests read
 * this table. `keys` are `KeyboardEvent.key`; several are pressed one after the other.
 */
export const SHORTCUTS = [
  { id: 'new-task', keys: ['n'], label: 'New task' },
  { id: 'search', keys: ['/'], label: 'Search' },
  { id: 'undo', keys: ['z'], label: 'Undo', isOnce: true },
  { id: 'today', keys: ['g', 't'], label: 'Go to Today' },
  { id: 'upcoming', keys: ['g', 'u'], label: 'Go to Upcoming' },
  { id: 'inbox', keys: ['g', 'i'], label: 'Go to Inbox' },
  { id: 'all', keys: ['g', 'a'], label: 'Go to All' },
  { id: 'done', keys: ['g', 'd'], label: 'Go to Done' },
  { id: 'palette', keys: ['Mod+k'], label: 'Find a page or an action' },
  { id: 'shortcuts', keys: ['?'], label: 'Show all shortcuts' },
  { id: 'next', keys: ['j'], label: 'Next task' },
  { id: 'previous', keys: ['k'], label: 'Previous task' },
  { id: 'complete', keys: [' '], label: 'Complete or reopen', isOfRow: true },
  { id: 'open', keys: ['Enter'], label: 'Open', isOfRow: true },
  { id: 'edit', keys: ['e'], label: 'Edit in the list', isOfRow: true },
  { id: 'select', keys: ['x'], label: 'Select', isOfRow: true, isOnce: true },
  { id: 'due', keys: ['d'], label: 'Change the due day', isOfRow: true },
  { id: 'priority', keys: ['p'], label: 'Change the priority', isOfRow: true },
  { id: 'list', keys: ['m'], label: 'Move to a list', isOfRow: true },
  { id: 'labels', keys: ['l'], label: 'Change the labels', isOfRow: true },
  { id: 'delete', keys: ['Delete'], label: 'Delete', isOfRow: true, isOnce: true },
  { id: 'move-up', keys: ['Alt+ArrowUp'], label: 'Move up', isOfRow: true },
  { id: 'move-down', keys: ['Alt+ArrowDown'], label: 'Move down', isOfRow: true },
] as const satisfies readonly Shortcut[]

/** How long the field or the dialog of a shortcut may take to appear. */
export const FIELD_WAIT_MS = 3_000

type Shortcut = {
  id: string
  keys: readonly [string] | readonly [string, string]
  label: string
  /** Acts on the task that has the focus. */
  isOfRow?: true
  /** A key that stays down runs it once: each time would act on another task or change. */
  isOnce?: true
}

export type ShortcutId = (typeof SHORTCUTS)[number]['id']

const NAMES: Record<string, string> = {
  ' ': 'Space',
  'Mod+k': 'Ctrl/⌘ K',
  'Alt+ArrowUp': 'Alt ↑',
  'Alt+ArrowDown': 'Alt ↓',
}

/** A key as it is written on keyboards. */
export function formatKey(key: string): string {
  return NAMES[key] ?? key
}
