import { formatKey, SHORTCUTS, type ShortcutId } from './shortcuts.ts'

export type Command = { label: string; keys?: string } & (
  | { shortcut: ShortcutId }
  | { path: string }
  | { control: HTMLElement }
)

type Page = {
  /** What its navigation links to. */
  links: { label: string; path: string }[]
  /** Whether it shows tasks. */
  hasTasks: boolean
}

/** What the palette offers: every shortcut that acts on the page, and every page that it links to. */
export function listCommands({ links, hasTasks }: Page): Command[] {
  const shortcuts = SHORTCUTS.filter(
    (shortcut) =>
      !('isOfRow' in shortcut) &&
      shortcut.id !== 'palette' &&
      (hasTasks || (shortcut.id !== 'next' && shortcut.id !== 'previous')),
  )
  const labels = new Set<string>(shortcuts.map(({ label }) => label))
  const pages = links.filter(({ label }, index) => {
    const isFirst = links.findIndex((link) => link.label === label) === index
    return isFirst && !labels.has(`Go to ${label}`)
  })
  return [
    ...shortcuts.map(({ id, label, keys }) => ({ shortcut: id, label, keys: keys.map(formatKey).join(' ') })),
    ...pages.map(({ label, path }) => ({ label: `Go to ${label}`, path })),
  ]
}

/** @returns the commands with every word of the text, those that begin with it first, and a search for the text */
export function findCommands(commands: Command[], typed: string): Command[] {
  const text = typed.trim().toLowerCase()
  if (text === '') return commands
  const words = text.split(/\s+/)
  const found = commands.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
  const begins = ({ label }: Command) =>
    label
      .toLowerCase()
      .replace(/^go to /, '')
      .startsWith(text)
  const search = {
    label: `Search tasks for “${typed.trim()}”`,
    path: `/tasks?${new URLSearchParams({ q: typed.trim() })}`,
  }
  return [...found.filter(begins), ...found.filter((command) => !begins(command)), search]
}
