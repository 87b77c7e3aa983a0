import { expect, test } from 'vitest'
import type { TextConflict } from '#lib/tasks/edit-task.ts'
import { fingerprint } from '#lib/tasks/fingerprint.ts'
import { NO_REPEAT } from '#lib/tasks/repeat/repeat.ts'
import { NO_FIELDS } from '#lib/tasks/task.ts'
import { editFormSchema, fieldsAfterFailure } from './edit-form-schema.ts'

const form = { id: '1', title: ' Mine ', description: '', seen_title: 'a', seen_description: 'b' }

const task = {
  id: '1',
  userId: '2',
  title: 'Theirs',
  completedAt: null,
  ...NO_FIELDS,
  ...NO_REPEAT,
  position: 'V',
  createdAt: new Date(0),
  updatedAt: new Date('2026-11-28T12:00:00.000Z'),
  version: 2,
}

function conflict(...conflicts: TextConflict['conflicts']): TextConflict {
  return { code: 'VERSION_MISMATCH', task, conflicts }
}

test('validates typed texts and omits those that the user discards', () => {
  expect(editFormSchema.parse(form)).toEqual({
    id: '1',
    conflicts: '',
    restore: false,
    typed: { title: 'Mine', description: null },
    seen: { title: 'a', description: 'b' },
  })
  expect(editFormSchema.parse({ ...form, use_saved_title: 'on' }).typed).toEqual({ description: null })
  expect(editFormSchema.safeParse({ ...form, title: ' ' }).success).toBe(false)
})

test('a form without fingerprints has seen no text', () => {
  const { id, title, description } = form
  expect(editFormSchema.parse({ id, title, description }).seen).toEqual({ title: '', description: '' })
})

test('after a conflict, only the texts in conflict count as seen, and earlier conflicts stay', () => {
  expect(fieldsAfterFailure(conflict('title'), '')).toEqual({
    seen_title: fingerprint('title', 'Theirs'),
    conflicts: 'title',
    saved_at: '2026-11-28T12:00:00.000Z',
    restore: '',
  })
  const next = fieldsAfterFailure(conflict('description'), 'title')
  expect(next).toMatchObject({ conflicts: 'title description' })
  expect(next).not.toHaveProperty('seen_title')
})

test('after a deletion, the next save restores the task', () => {
  const fields = fieldsAfterFailure({ code: 'TASK_NOT_FOUND' }, '')
  expect(editFormSchema.parse({ ...form, ...fields }).restore).toBe(true)
  expect(editFormSchema.parse({ ...form, ...fieldsAfterFailure(conflict('title'), '') }).restore).toBe(false)
})
