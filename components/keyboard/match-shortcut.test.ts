import { expect, test } from 'vitest'
import { createMatcher } from './match-shortcut.ts'
import { SHORTCUTS } from './shortcuts.ts'

const IN_ROW = { isTyping: false, isInRow: true }
const ELSEWHERE = { isTyping: false, isInRow: false }

function press(key: string, timeStamp = 0) {
  const [name = key, ...modifiers] = key.split('+').reverse()
  return {
    key: name,
    altKey: modifiers.includes('Alt'),
    ctrlKey: modifiers.includes('Mod'),
    metaKey: false,
    timeStamp,
    repeat: false,
  }
}

test.each(SHORTCUTS)('$id is found by its keys, on a task', ({ id, keys }) => {
  const match = createMatcher()
  expect(keys.map((key) => match(press(key), IN_ROW))).toEqual(keys.length === 2 ? [null, id] : [id])
})

test('no two shortcuts have the same keys, and none begins with another', () => {
  const all = SHORTCUTS.map(({ keys }) => keys.join(' then '))
  expect(new Set(all).size).toBe(all.length)
  const first = new Set(
    SHORTCUTS.filter(({ keys }) => keys.length === 1).map(({ keys }) => keys[0] as string),
  )
  expect(SHORTCUTS.filter(({ keys }) => keys.length === 2 && first.has(keys[0]))).toEqual([])
})

test('a field that takes text has no shortcut but the palette', () => {
  const match = createMatcher()
  for (const { keys } of SHORTCUTS) {
    for (const key of keys) {
      const found = match(press(key), { isTyping: true, isInRow: true })
      expect(found).toBe(key === 'Mod+k' ? 'palette' : null)
    }
  }
})

test('shortcuts of a task need the focus on a task', () => {
  const match = createMatcher()
  expect(match(press('x'), ELSEWHERE)).toBeNull()
  expect(match(press('j'), ELSEWHERE)).toBe('next')
})

test('other modifiers and a second key that comes late are no shortcut', () => {
  const match = createMatcher()
  expect(match(press('Mod+n'), ELSEWHERE)).toBeNull()
  expect(match(press('Alt+n'), ELSEWHERE)).toBeNull()
  expect(match(press('g', 0), ELSEWHERE)).toBeNull()
  expect(match(press('t', 2_000), ELSEWHERE)).toBeNull()
  expect(match(press('g', 3_000), ELSEWHERE)).toBeNull()
  expect(match(press('n', 3_100), ELSEWHERE)).toBeNull()
  expect(match(press('n', 3_200), ELSEWHERE)).toBe('new-task')
})

test('a key that stays down moves through the list, and deletes one task', () => {
  const match = createMatcher()
  const hold = (key: string) => match({ ...press(key), repeat: true }, IN_ROW)
  expect(['j', 'Alt+ArrowDown', 'Delete', 'z', 'x'].map((key) => match(press(key), IN_ROW))).not.toContain(
    null,
  )
  expect([hold('j'), hold('Delete'), hold('z'), hold('x')]).toEqual(['next', null, null, null])
})
