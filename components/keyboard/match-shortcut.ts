import { SHORTCUTS, type ShortcutId } from './shortcuts.ts'

/** A second key has this long to follow the first. */
const SEQUENCE_MS = 1_500

type Press = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'timeStamp' | 'repeat'>

type Place = {
  /** The focus is in a field that takes text. */
  isTyping: boolean
  /** The focus is on a task of a list. */
  isInRow: boolean
}

/** @returns a function that is called with every key, and returns the shortcut that the key completes, or null */
export function createMatcher(): (press: Press, place: Place) => ShortcutId | null {
  let first: { key: string; at: number } | null = null
  return (press, { isTyping, isInRow }) => {
    const key = formatPress(press)
    const isSecond = first !== null && press.timeStamp - first.at < SEQUENCE_MS
    const before = isSecond ? first?.key : undefined
    first = null
    const isPossible = (shortcut: (typeof SHORTCUTS)[number]) =>
      (!isTyping || key === 'Mod+k') && (isInRow || !('isOfRow' in shortcut))
    const possible = SHORTCUTS.filter(isPossible)
    const found = possible.find(({ keys: [one, two] }) =>
      two === undefined ? before === undefined && one === key : before === one && two === key,
    )
    if (found) return press.repeat && 'isOnce' in found ? null : found.id
    if (possible.some(({ keys }) => keys.length === 2 && keys[0] === key))
      first = { key, at: press.timeStamp }
    return null
  }
}

/** Ctrl and ⌘ are one modifier. Shift is in `key`, as in "?". */
function formatPress({ key, altKey, ctrlKey, metaKey }: Press): string {
  return `${ctrlKey || metaKey ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}${key}`
}
