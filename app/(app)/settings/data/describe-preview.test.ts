import { expect, test } from 'vitest'
import { describePreview } from './describe-preview.ts'

const NOTHING = { tasks: 0, completed: 0, lists: 0, isInboxUsed: false, newLists: [] }

test.each([
  [{}, '0 tasks.'],
  [{ tasks: 1, isInboxUsed: true }, '1 task in the Inbox.'],
  [{ tasks: 2, lists: 1 }, '2 tasks in 1 list.'],
  [
    { tasks: 1_312, completed: 14, lists: 5, isInboxUsed: true, newLists: ['Band', 'Flat'] },
    '1,312 tasks in the Inbox and 5 lists, 14 of them completed. 2 new lists: Band, Flat.',
  ],
  [
    { tasks: 7, lists: 7, newLists: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
    '7 tasks in 7 lists. 7 new lists: a, b, c, d, e and 2 more.',
  ],
])('the file of %j is described as "%s"', (counts, text) => {
  expect(describePreview({ ...NOTHING, ...counts })).toBe(text)
})
