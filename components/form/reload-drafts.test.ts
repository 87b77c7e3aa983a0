import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { takeReloadDrafts } from './reload-drafts.ts'

const FORM = { form: 'add-task', message: 'Typed.', values: { title: 'Ferns' } }
const KEPT = { userId: 'u1', address: '/tasks?list=1', forms: [FORM] }
let stored: string | null

beforeEach(() => {
  vi.stubGlobal('window', { location: { pathname: '/tasks', search: '?list=1' } })
  vi.stubGlobal('sessionStorage', {
    getItem: () => stored,
    removeItem: () => {
      stored = null
    },
  })
})

afterEach(() => void vi.unstubAllGlobals())

function take(kept: unknown, userId: string | undefined = 'u1') {
  stored = typeof kept === 'string' ? kept : JSON.stringify(kept)
  const taken = takeReloadDrafts(userId)
  expect(stored).toBeNull()
  return taken
}

test('returns a draft once, on the page of its account', () => {
  expect(take({ ...KEPT, at: Date.now() })).toEqual([FORM])
  expect(takeReloadDrafts('u1')).toEqual([])
})

test('deletes a draft of another account, another page or more than 10 seconds ago', () => {
  const at = Date.now()
  expect(take({ ...KEPT, at }, 'u2')).toEqual([])
  expect(take({ ...KEPT, at, address: '/tasks' })).toEqual([])
  expect(take({ ...KEPT, at: at - 60_000 })).toEqual([])
})

test.each([
  'no JSON',
  'null',
  '7',
  '[]',
  {},
  { ...KEPT, forms: undefined },
  { ...KEPT, forms: {} },
  { ...KEPT, forms: [null] },
  { ...KEPT, forms: [{ form: 'add-task' }] },
  { ...KEPT, forms: [{ ...FORM, values: { title: { $$typeof: 'x' } } }] },
  { ...KEPT, forms: [{ ...FORM, message: { toString: 'x' } }] },
])('ignores stored data of another format (%j)', (data) => {
  const kept = typeof data === 'string' ? data : { at: Date.now(), ...data }
  expect(take(kept)).toEqual([])
})
