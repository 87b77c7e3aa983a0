import { expect, test } from 'vitest'
import { previewLines } from './preview-lines.ts'

/** A Wednesday. */
const today = '2026-12-02'
const preview = (text: string, ignored: string[] = [], listNames: string[] = []) =>
  previewLines(text, { today, ignored, listNames })
const labels = (...args: Parameters<typeof preview>) => preview(...args).found.map(({ label }) => label)

test.each([
  ['Call Bob today at 9', 'Today', '09:00'],
  ['Call Bob fri', 'Fri 4 Dec'],
  ['Call Bob 24 dec 2027', '24 Dec 2027'],
  [
    'Pay rent #Home @money p1 every month on the 1st',
    'New list Home',
    '@money',
    'High priority',
    'Every month on the 1st',
  ],
  ['Water the ferns every week from tomorrow', 'Every week on Thursday', 'From tomorrow'],
  ['Water the ferns every! 3 days !!', 'Every 3 days after completion', 'Medium priority'],
  ['Renew the passport every year !', 'Every year on the 2nd of December', 'Low priority'],
])('%s', (line, ...expected) => {
  expect(labels(line)).toEqual(expected)
})

test('names a list new only if there is none of that name', () => {
  const names = ['HOME', 'Home', 'work']
  expect(labels('x #Home', [], names)).toEqual(['#Home'])
  expect(labels('x #Work', [], names)).toEqual(['#work'])
  expect(labels('x #Garden', [], names)).toEqual(['New list Garden'])
})

test('a text that is ignored stays in the title', () => {
  expect(preview('Read today tomorrow', ['today'])).toEqual({
    titles: ['Read today'],
    found: [{ label: 'Tomorrow', texts: ['tomorrow'] }],
  })
})

test('several lines are several titles, and what many lines have is found once', () => {
  expect(preview('Milk today\n\nBread #Shop tod\nEggs today')).toEqual({
    titles: ['Milk', 'Bread', 'Eggs'],
    found: [
      { label: 'Today', texts: ['today', 'tod'] },
      { label: 'New list Shop', texts: ['#Shop'] },
    ],
  })
  expect(preview(' \n ')).toEqual({ titles: [], found: [] })
})
