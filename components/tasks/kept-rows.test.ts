import { expect, test } from 'vitest'
import { closeEditor, forgetTicked, type Kept, keepTicked, keptIn, openEditor } from './kept-rows.ts'
import { pinOf } from './place-rows.ts'

const SEARCH = '/tasks?q=invoice'
const TODAY = '/tasks?view=today'

const nothingIn = (path: string): Kept => ({ path, editors: [], ticked: [] })
const pin = (id: string) => pinOf([], id)

test('a place keeps its ticked rows and editors', () => {
  const kept = { ...nothingIn(SEARCH), editors: [pin('a')], ticked: [pin('b')], closedId: 'c' }
  expect(keptIn(SEARCH, kept)).toBe(kept)
  expect(keptIn(TODAY, kept)).toEqual(nothingIn(TODAY))
})

test('a tick that is applied after the next place was shown keeps no row there', () => {
  // Without the reset of the next place, which does not outlast an update that React had skipped.
  const late = keepTicked(SEARCH, nothingIn(SEARCH), pin('a'))
  expect(keptIn(TODAY, late)).toEqual(nothingIn(TODAY))
  expect(keepTicked(TODAY, late, pin('b'))).toEqual({ ...nothingIn(TODAY), ticked: [pin('b')] })
  expect(openEditor(TODAY, late, pin('b'))).toEqual({ ...nothingIn(TODAY), editors: [pin('b')] })
})

test('an answer that comes after the next place was shown changes nothing there', () => {
  const today = { ...nothingIn(TODAY), editors: [pin('a')], ticked: [pin('a')] }
  expect(forgetTicked(SEARCH, today, 'a')).toBe(today)
  expect(closeEditor(SEARCH, today, 'a')).toBe(today)
  expect(forgetTicked(TODAY, today, 'a').ticked).toEqual([])
  expect(closeEditor(TODAY, today, 'a')).toMatchObject({ editors: [], closedId: 'a' })
})
