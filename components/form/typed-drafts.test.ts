import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ReturnedForm } from '#lib/gate/returned-form.ts'
import { forgetDraft, restoreDrafts } from './typed-drafts.ts'

const DRAFT = { form: 'add-task', address: '/tasks?list=1', values: { title: 'Ferns' } }
const STORED = { account: 'u1', drafts: [DRAFT] }
const FOUND = {
  form: 'add-task',
  values: DRAFT.values,
  message: 'What you typed is still here, but not saved yet.',
  isUnsent: true,
}
let stored: string | null

beforeEach(() => {
  stub('/tasks', '?list=1')
  vi.stubGlobal('document', { forms: Object.assign([], { namedItem: () => null }) })
  vi.stubGlobal('sessionStorage', {
    getItem: () => stored,
    setItem: (_: string, text: string) => {
      stored = text
    },
    removeItem: () => {
      stored = null
    },
  })
})

afterEach(() => void vi.unstubAllGlobals())

function stub(pathname: string, search: string) {
  vi.stubGlobal('window', { location: { pathname, search } })
}

/** @returns the drafts that the page fills in */
function restore(account = 'u1') {
  let filled: ReturnedForm[] = []
  restoreDrafts(account, (drafts) => {
    filled = drafts
  })
  return filled
}

function find(kept: unknown, account = 'u1') {
  stored = typeof kept === 'string' ? kept : JSON.stringify(kept)
  return restore(account)
}

test('finds the drafts of the page and its account, until they are forgotten', () => {
  expect(find(STORED)).toEqual([FOUND])
  expect(restore()).toEqual([FOUND])
  const sent = new FormData()
  for (const [name, value] of Object.entries({ form: 'add-task', account: 'u1', title: 'Ferns' }))
    sent.set(name, value)
  forgetDraft(sent)
  expect(stored).toBeNull()
})

test('keeps the drafts of another page', () => {
  expect(find({ ...STORED, drafts: [{ ...DRAFT, address: '/tasks' }] })).toEqual([])
  expect(stored).not.toBeNull()
})

test('finds what was typed in the list on the page of the task', () => {
  stub('/tasks/7', '?from=%2Ftasks')
  const editor = { ...DRAFT, form: 'edit-task 7' }
  expect(find({ ...STORED, drafts: [DRAFT, editor] })).toMatchObject([{ form: 'edit-task 7' }])
})

test('deletes the drafts of another account', () => {
  expect(find(STORED, 'u2')).toEqual([])
  expect(stored).toBeNull()
})

test.each([
  'no JSON',
  'null',
  '7',
  '[]',
  {},
  { ...STORED, drafts: undefined },
  { ...STORED, drafts: {} },
  { ...STORED, drafts: [null] },
  { ...STORED, drafts: [{ form: 'add-task' }] },
  { ...STORED, drafts: [{ ...DRAFT, values: { title: { $$typeof: 'x' } } }] },
  { ...STORED, drafts: [{ ...DRAFT, address: { toString: 'x' } }] },
])('ignores and deletes stored data of another format (%j)', (data) => {
  expect(find(data)).toEqual([])
  expect(stored).toBeNull()
})
