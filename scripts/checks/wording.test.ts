import { describe, expect, test } from 'vitest'
import { readTextFiles } from './text-files.ts'
import { findViolations, type ProperUse } from './wording.ts'

/** These list the words. */
const LISTS = ['scripts/checks/wording.ts', 'scripts/checks/wording.test.ts', 'docs/style.md']

const PROPER_USES: ProperUse[] = [
  { file: /./, text: '`nobody`', reason: 'the name of a Unix user' },
  { file: /pgbouncer/, text: "'nobody'", reason: 'the name of a Unix user' },
  { file: /not-as-root/, text: 'the user nobody', reason: 'the name of a Unix user' },
  { file: /not-as-root/, text: 'NOBODY', reason: 'the id of the Unix user nobody' },
  { file: /./, text: 'nobody@example.com', reason: 'an email address of test data' },
  { file: /variants\.ts$/, text: 'step away', reason: 'a distance on the keyboard' },
  { file: /schema\.test\.ts$/, text: 'look-alike', reason: 'the term for a confusable character' },
  {
    file: /password-encoding\.spec\.ts$/,
    text: String.raw`he\u0301rons`,
    reason: 'a word with a combining mark',
  },
  { file: /events-csv\.test\.ts$/, text: 'say "hi"', reason: 'a text of test data with quotes' },
]

test('every text uses the words of docs/style.md', () => {
  const checked = [...readTextFiles()].filter(([file]) => !LISTS.includes(file))
  expect(checked.flatMap(([file, text]) => findViolations(file, text, PROPER_USES))).toEqual([])
})

describe('the check', () => {
  test('reports each rejected word with its line', () => {
    const text = 'The server reports it.\nHe is told, and looks away.'
    expect(findViolations('a.ts', text, [])).toEqual([
      'a.ts:2: He',
      'a.ts:2: told',
      'a.ts:2: looks',
      'a.ts:2: away',
    ])
  })

  test('reports rejected words within names', () => {
    expect(findViolations('a.ts', 'const isAway = x', [])).toEqual(['a.ts:1: isAway'])
  })

  test('reports references to documents outside the repository', () => {
    const text = 'See (design 4), contract 2.1 and tasks.md, but docs/style.md.'
    expect(findViolations('a.ts', text, [])).toEqual([
      'a.ts:1: (design 4',
      'a.ts:1: contract 2',
      'a.ts:1: tasks.md',
    ])
  })

  test('accepts parts of longer words, and proper uses in their files', () => {
    const use = { file: /^a\.ts$/, text: 'as nobody', reason: 'a name of Unix' }
    const text = 'Lookup, standalone, as nobody'
    expect(findViolations('a.ts', text, [use])).toEqual([])
    expect(findViolations('b.ts', text, [use])).toEqual(['b.ts:1: nobody'])
  })
})
