import { expect, test } from 'vitest'
import type { Change, RecordedFields } from '../change.ts'
import { describeBatch } from './describe-batch.ts'
import { describeTaskChange } from './describe-change.ts'
import { describeSkips, groupSkips } from './describe-skips.ts'
import { toText } from './phrase.ts'

const VOCABULARY = {
  names: new Map([
    ['t1', 'Water'],
    ['t2', 'Bread'],
    ['l1', 'Home'],
  ]),
  today: '2026-11-29',
}

type Parts = { kind?: Change['kind']; before?: RecordedFields | null; after?: RecordedFields | null }

function taskChange({ kind = 'changed', before = null, after = null }: Parts, taskId = 't1'): Change {
  const ids = { batchId: 'b', taskId, listId: null, undoes: null }
  return { seq: 1, kind, before, after, createdAt: new Date(0), ...ids }
}

function listChange(parts: Parts): Change {
  return { ...taskChange(parts), taskId: null, listId: 'l1' }
}

const sentenceOf = (changes: Change[], size = changes.length, isUniform = false) =>
  toText(describeBatch({ changes: changes as [Change], size, isUniform }, VOCABULARY))

const changed = (before: RecordedFields, after: RecordedFields) => taskChange({ before, after })
const WHOLE = { title: 'Ferns', completedAt: null }

test.each<[Change, string]>([
  [taskChange({ kind: 'created', after: WHOLE }), 'Added “Ferns”.'],
  [taskChange({ kind: 'deleted', before: WHOLE }), 'Deleted “Ferns”.'],
  [taskChange({ kind: 'restored', after: WHOLE }), 'Brought back “Ferns”.'],
  [changed({ completedAt: null }, { completedAt: '2026-11-29T12:00:00.000Z' }), 'Completed “Water”.'],
  [changed({ completedAt: '2026-11-29T12:00:00.000Z' }, { completedAt: null }), 'Reopened “Water”.'],
  [changed({ title: 'A' }, { title: 'B' }), 'Renamed “A” to “B”.'],
  [changed({ listId: null }, { listId: 'l1' }), 'Moved “Water” to “Home”.'],
  [changed({ listId: 'l1', position: 'a' }, { listId: null, position: 'b' }), 'Moved “Water” to the Inbox.'],
  [changed({ position: 'a' }, { position: 'b' }), 'Moved “Water”.'],
  [
    changed(
      { dueOn: null, dueTime: null, dueZone: null },
      { dueOn: '2026-12-01', dueTime: null, dueZone: null },
    ),
    'Changed the due day of “Water”.',
  ],
  [
    changed({ description: null, title: 'A', priority: 0 }, { description: 'x', title: 'B', priority: 1 }),
    'Changed the title, the description and the priority of “B”.',
  ],
  [changed({ unknown: 1 }, { unknown: 2 }), 'Changed something of “Water”.'],
  [
    taskChange({ before: { priority: 0 }, after: { priority: 1 } }, 'gone'),
    'Changed the priority of something that is no longer kept.',
  ],
  [listChange({ kind: 'created', after: { name: 'Home' } }), 'Added the list “Home”.'],
  [listChange({ before: { name: 'House' }, after: { name: 'Home' } }), 'Renamed the list “House” to “Home”.'],
  [listChange({ before: { archivedAt: null }, after: { archivedAt: '2026' } }), 'Archived the list “Home”.'],
  [listChange({ before: { position: 'a' }, after: { position: 'b' } }), 'Moved the list “Home”.'],
])('%j is described as a sentence', (change, sentence) => {
  expect(sentenceOf([change])).toBe(sentence)
})

test('an import of more tasks than were read has added all of them', () => {
  const task = taskChange({ kind: 'created', after: WHOLE })
  expect(sentenceOf([task, task], 20_000, true)).toBe(
    'Added 20,000 tasks: “Ferns”, “Ferns” and 19,998 others.',
  )
})

test('several tasks are counted, and the first ones are named', () => {
  const complete = (id: string) =>
    taskChange({ before: { completedAt: null }, after: { completedAt: '2026' } }, id)
  expect(sentenceOf([complete('t1'), complete('t2')])).toBe('Completed 2 tasks: “Water” and “Bread”.')
  expect(sentenceOf([complete('t1'), complete('t2'), complete('t1'), complete('t2')])).toBe(
    'Completed 4 tasks: “Water”, “Bread” and 2 others.',
  )
  expect(sentenceOf([complete('t1'), complete('t2')], 300)).toBe(
    'Changed 300 tasks: “Water”, “Bread” and 298 others.',
  )
  expect(sentenceOf([complete('t1'), taskChange({ kind: 'created', after: WHOLE })])).toBe(
    'Changed 2 tasks: “Water” and “Ferns”.',
  )
})

test('the next task of a series comes and goes without a mention', () => {
  const next = { title: 'Water', seriesId: 's' }
  const completed = changed({ completedAt: null }, { completedAt: '2026' })
  const reopened = changed({ completedAt: '2026' }, { completedAt: null })
  const made = taskChange({ kind: 'created', after: next }, 't3')
  expect(sentenceOf([completed, made])).toBe('Completed “Water”.')
  expect(sentenceOf([taskChange({ kind: 'deleted', before: next }, 't3'), reopened])).toBe(
    'Reopened “Water”.',
  )
  expect(sentenceOf([{ ...completed, taskId: 't2' }, made])).toBe('Changed 2 tasks: “Bread” and “Water”.')
})

test('a list with its tasks is one sentence for each', () => {
  const deleted = listChange({ kind: 'deleted', before: { name: 'Home' } })
  const moved = changed({ listId: 'l1' }, { listId: null })
  expect(sentenceOf([deleted, moved])).toBe('Moved “Water” to the Inbox. Deleted the list “Home”.')
  expect(sentenceOf([deleted, moved, moved])).toBe(
    'Moved 2 tasks: “Water” and “Water”. Deleted the list “Home”.',
  )
  const added = taskChange({ kind: 'created', after: WHOLE })
  const home = listChange({ kind: 'created', after: { name: 'Home' } })
  const garden = { ...listChange({ kind: 'created', after: { name: 'Garden' } }), listId: 'l2' }
  expect(sentenceOf([home, garden, added])).toBe('Added “Ferns”. Added 2 lists: “Home” and “Garden”.')
  expect(sentenceOf([home, garden])).toBe('Added 2 lists: “Home” and “Garden”.')
})

test.each<[Parts, string[]]>([
  [{ kind: 'created', after: WHOLE }, ['Added']],
  [{ before: { completedAt: null }, after: { completedAt: '2026' } }, ['Completed']],
  [{ before: { title: 'A' }, after: { title: 'B' } }, ['Title changed from “A” to “B”']],
  [{ before: { description: null }, after: { description: 'x' } }, ['Description added']],
  [{ before: { description: 'x' }, after: { description: null } }, ['Description removed']],
  [
    {
      before: { dueOn: '2026-11-24', dueTime: null, dueZone: null },
      after: { dueOn: '2027-01-02', dueTime: '09:30', dueZone: null },
    },
    ['Due day changed from Tue 24 Nov to 2 Jan 2027', 'Time set to 09:30'],
  ],
  [{ before: { startOn: '2026-11-24' }, after: { startOn: null } }, ['Start day removed, it was Tue 24 Nov']],
  [{ before: { priority: 0 }, after: { priority: 1 } }, ['Priority set to high']],
  [{ before: { labels: [] }, after: { labels: ['a', 'b'] } }, ['Labels set to “a” and “b”']],
  [{ before: { listId: null }, after: { listId: 'l1' } }, ['List changed from the Inbox to “Home”']],
  [
    { before: { listId: 'l9' }, after: { listId: null } },
    ['List changed from a list that is no longer kept to the Inbox'],
  ],
  [
    {
      before: { repeatRule: null, repeatFrom: null, repeatAnchor: null, seriesId: null },
      after: { repeatRule: 'FREQ=WEEKLY', repeatFrom: 'due', repeatAnchor: '2026-11-30', seriesId: 's' },
    },
    ['Repetition set to Every week on Monday'],
  ],
  [
    {
      before: { repeatRule: 'FREQ=DAILY', repeatFrom: 'due', repeatAnchor: '2026-11-30' },
      after: { repeatRule: 'FREQ=DAILY', repeatFrom: 'completion', repeatAnchor: '2026-11-30' },
    },
    ['Repetition changed from Every day to Every day after completion'],
  ],
  [{ before: { unknown: 1 }, after: { unknown: 2 } }, []],
])('%j is described field by field', (parts, phrases) => {
  expect(describeTaskChange(taskChange(parts), VOCABULARY).map(toText)).toEqual(phrases)
})

test('what an undo skipped is described once for each reason', () => {
  const skip = (reason: Parameters<typeof groupSkips>[0][number]['reason'], fields: string[] = []) => {
    return { taskId: 't1', listId: null, reason, fields }
  }
  const sentences = (...skipped: ReturnType<typeof skip>[]) => describeSkips(groupSkips(skipped))
  expect(sentences()).toEqual([])
  expect(sentences(skip('changed_since', ['title']))).toEqual(['The title was changed later, so it stays.'])
  expect(sentences(skip('changed_since', ['dueZone', 'dueOn']))).toEqual([
    'The due day was changed later, so it stays.',
  ])
  expect(sentences(skip('changed_since', ['labels', 'title']))).toEqual([
    'The title and the labels were changed later, so they stay.',
  ])
  expect(sentences(skip('changed_since'))).toEqual(['It was changed later, so it stays as it is.'])
  expect(sentences(skip('changed_since'), skip('purged'), skip('changed_since', ['title']))).toEqual([
    '2 were changed later, so they stay as they are.',
    'It is deleted for good.',
  ])
  expect(sentences(skip('list_deleted', ['listId']), skip('list_in_use'))).toEqual([
    'Its list is deleted.',
    'The list has tasks, so it stays.',
  ])
})
