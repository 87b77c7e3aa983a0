import { expect, test } from 'vitest'
import { parseOptions } from './options.ts'

function optionsOf(...args: string[]) {
  const parsed = parseOptions(args)
  if (!parsed.ok) throw new Error(parsed.error.text)
  return parsed.value
}

function refusalOf(...args: string[]) {
  const parsed = parseOptions(args)
  return parsed.ok ? 'accepted' : parsed.error.text
}

test('measures everything without options', () => {
  const { scenarios, storm, contenders, quick } = optionsOf()
  expect(scenarios).toContain('sign-up')
  expect(contenders).toContain('better-auth')
  expect([storm, quick]).toEqual([true, false])
})

test('--only chooses scenarios, of which the storm is one', () => {
  expect(optionsOf('--only', 'me,storm')).toMatchObject({ scenarios: ['me'], storm: true })
  expect(optionsOf('--only', 'me')).toMatchObject({ storm: false })
})

test('Taskward is measured whatever --against names, and first', () => {
  expect(optionsOf('--against', 'gated,http').contenders).toEqual(['taskward', 'gated', 'http'])
})

test('--quick names no contender that needs packages of the benchmark', () => {
  expect(optionsOf('--quick')).toMatchObject({ rounds: 1, quick: true })
  expect(refusalOf('--quick', '--against', 'better-auth')).toMatch(/^--against has no "better-auth"/)
})

test.each([
  [['--only', 'nothing'], /^--only has no "nothing": choose from list-bearer, /],
  [['--rounds', '0'], /^--rounds must be a number above 0/],
  [['--seconds', 'long'], /^--seconds must be a number above 0/],
  [['--fast'], /--fast/],
])('refuses %j with a line that names the option', (args, line) => {
  expect(refusalOf(...args)).toMatch(line)
})
