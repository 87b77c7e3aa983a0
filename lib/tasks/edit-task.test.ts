import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from './delete-task.ts'
import { editTask, settableFieldsOf } from './edit-task.ts'
import { type EditedField, fingerprintsOf } from './fingerprint.ts'
import { getTask } from './get-task.ts'
import type { TaskChanges } from './schema.ts'
import type { Task } from './task.ts'
import { updateTask } from './update-task.ts'

type Texts = Partial<Pick<Task, 'title' | 'description'>>

let actor: Actor
let task: Task

beforeEach(async () => {
  await emptyTables()
  actor = await createActor()
  task = await makeTask(actor, { title: 'Water the plants', description: 'All of them' })
})

/** Saves an editor that was opened on the task of `beforeEach`. Texts that are not given stay unchanged in it. */
function save(typed: Texts, opened: Task = task) {
  const { title, description } = opened
  return editTask(actor, task.id, {
    typed: { title, description, ...typed },
    seen: fingerprintsOf(opened),
    now: new Date(),
  })
}

async function elsewhere(changes: TaskChanges): Promise<Task> {
  const updated = await updateTask(actor, task.id, { changes, now: new Date() })
  if (!updated.ok) throw new Error(updated.error.code)
  return updated.value
}

async function present() {
  const found = await getTask(actor, task.id)
  return found.ok ? found.value : null
}

test.each<[string, Texts, TaskChanges, object]>([
  ['the other text', { description: 'Some' }, { title: 'Water' }, { title: 'Water', description: 'Some' }],
  [
    'the other text cleared',
    { title: 'Water' },
    { description: null },
    { title: 'Water', description: null },
  ],
  ['the tick', { title: 'Water' }, { isCompleted: true }, { completedAt: expect.any(Date) }],
  ['the same text to the same', { title: 'Water' }, { title: 'Water' }, { title: 'Water' }],
  ['everything and nothing here', {}, { title: 'a', description: 'b' }, { title: 'a', description: 'b' }],
])('%s changed elsewhere: both changes are saved', async (_, typed, other, expected) => {
  await elsewhere(other)
  const saved = await save(typed)
  expect(saved).toMatchObject({ ok: true, value: expected })
  expect(await present()).toMatchObject(expected)
})

test.each<[Texts, TaskChanges, EditedField[]]>([
  [{ title: 'mine' }, { title: 'theirs' }, ['title']],
  [{ description: 'mine' }, { description: 'theirs' }, ['description']],
  [{ description: 'mine' }, { description: null }, ['description']],
  [{ description: null }, { description: 'theirs' }, ['description']],
  [
    { title: 'mine', description: 'mine' },
    { title: 'theirs', description: 'theirs' },
    ['title', 'description'],
  ],
  [{ title: 'mine', description: 'mine' }, { title: 'theirs' }, ['title']],
  [{ title: 'mine' }, { title: 'theirs', description: 'theirs' }, ['title']],
])('%j here and %j elsewhere conflict in %j, and nothing is saved', async (typed, other, conflicts) => {
  const theirs = await elsewhere(other)
  expect(await save(typed)).toMatchObject({
    ok: false,
    error: { code: 'VERSION_MISMATCH', task: theirs, conflicts },
  })
  expect(await present()).toEqual(theirs)
})

test.each<[TaskChanges, TaskChanges, EditedField[]]>([
  [{ priority: 1 }, { title: 'theirs' }, []],
  [{ priority: 1 }, { priority: 1, labels: ['a'] }, []],
  [{ priority: 1 }, { priority: 2 }, ['priority']],
  [{ labels: ['a'] }, { labels: ['b'] }, ['labels']],
  [{ dueOn: '2026-12-01' }, { startOn: '2026-11-30' }, []],
  [{ dueOn: '2026-12-01' }, { dueOn: '2026-12-02' }, ['dueOn']],
  [{ dueOn: '2026-12-01', dueTime: '09:00' }, { dueOn: '2026-12-02' }, ['dueOn']],
  [{ repeat: { rule: 'FREQ=DAILY', from: 'due' } }, { priority: 3 }, []],
])('%j here and %j elsewhere conflict in %j, whatever else the form has', async (typed, other, conflicts) => {
  const opened = settableFieldsOf(task)
  const theirs = await elsewhere(other)
  const edit = { typed: { ...opened, ...typed }, seen: fingerprintsOf(opened), now: new Date() }
  const saved = await editTask(actor, task.id, edit)
  if (conflicts.length > 0) expect(saved).toMatchObject({ error: { task: theirs, conflicts } })
  else expect(saved.ok && settableFieldsOf(saved.value)).toMatchObject({ ...other, ...typed })
})

test('a due date is one: a new time is a conflict with another day', async () => {
  await elsewhere({ dueOn: '2026-12-01', dueTime: '09:00' })
  const opened = settableFieldsOf((await present())!)
  await elsewhere({ dueOn: '2026-12-02' })
  const edit = { typed: { ...opened, dueTime: '10:00' }, seen: fingerprintsOf(opened), now: new Date() }
  expect(await editTask(actor, task.id, edit)).toMatchObject({ error: { conflicts: ['dueOn'] } })
})

test('a text that was changed elsewhere and changed back is no conflict', async () => {
  await elsewhere({ title: 'theirs' })
  await elsewhere({ title: task.title })
  expect(await save({ title: 'mine' })).toMatchObject({ ok: true, value: { title: 'mine', version: 4 } })
})

test('an absent text keeps the value that was saved elsewhere', async () => {
  await elsewhere({ title: 'theirs' })
  const edit = { typed: { description: 'mine' }, seen: fingerprintsOf(task) }
  expect(await editTask(actor, task.id, { ...edit, now: new Date() })).toMatchObject({
    value: { title: 'theirs', description: 'mine' },
  })
})

test('without a fingerprint any other saved text is a conflict', async () => {
  const edit = {
    typed: { title: 'mine', description: task.description },
    seen: { title: '', description: '' },
  }
  expect(await editTask(actor, task.id, { ...edit, now: new Date() })).toMatchObject({
    error: { conflicts: ['title'] },
  })
})

test('an editor that changes nothing keeps the version', async () => {
  expect(await save({})).toMatchObject({ ok: true, value: task })
})

test('line breaks that a form field changes are no change of the text', async () => {
  task = await makeTask(actor, { title: 'a\nb', description: 'one\r\ntwo\rthree\nfour' })
  expect(await save({ title: 'ab', description: 'one\ntwo\nthree\nfour' })).toMatchObject({
    ok: true,
    value: task,
  })
  await elsewhere({ isCompleted: true })
  const saved = await save({ title: 'ab', description: 'one\ntwo\nthree four' })
  expect(saved).toMatchObject({ value: { title: 'a\nb', description: 'one\ntwo\nthree four' } })
})

test('a line break that the user adds is a change', async () => {
  expect(await save({ description: 'All\nof them' })).toMatchObject({
    value: { description: 'All\nof them' },
  })
})

test('a deleted task is not found', async () => {
  await deleteTask(actor, task.id, { now: new Date() })
  expect(await save({ title: 'mine' })).toEqual({ ok: false, error: { code: 'TASK_NOT_FOUND' } })
})

describe('parallel editors', () => {
  test('with one title each: one is saved, all others conflict with it', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, (_, n) => save({ title: `title ${n}` })))
    const saved = results.filter(({ ok }) => ok)
    expect(saved).toHaveLength(1)
    for (const { error } of results.filter((result) => !result.ok)) {
      expect(error).toMatchObject({ code: 'VERSION_MISMATCH', task: await present(), conflicts: ['title'] })
    }
  })

  test('of a title, a description and a completion: all changes are saved', async () => {
    const results = await Promise.all([
      save({ title: 'mine' }),
      save({ description: 'theirs' }),
      updateTask(actor, task.id, { changes: { isCompleted: true }, now: new Date() }),
    ])
    expect(results.every(({ ok }) => ok)).toBe(true)
    expect(await present()).toMatchObject({
      title: 'mine',
      description: 'theirs',
      completedAt: expect.any(Date),
      version: 4,
    })
  })
})
