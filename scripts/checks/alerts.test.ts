import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../setup/root.ts'

/** The lines that a file of rules consists of, by their indentation. No parser of YAML is installed. */
const LINES = [
  /^groups:$/,
  /^ {2}- name: [\w-]+$/,
  /^ {4}rules:$/,
  /^ {6}- alert: Taskward\w+$/,
  /^ {8}(?:expr: (?:>|\S.*)|for: \d+m|annotations:)$/,
  /^ {10}(?:summary|description): (?:>|[^\s>"'[\]{}&*!|%@`][^#]*)$/,
  // What a folded text continues with.
  /^ {10,14}\S.*$/,
]
const FILES = ['docs/operations/alerts.rules.yml', 'docs/operations/alerts.loki.yml']

function readRules(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
}

test.each(FILES)('%s has no line that is not one of a rule', (file) => {
  expect(readRules(file).filter((line) => !LINES.some((form) => form.test(line)))).toEqual([])
})

test.each(FILES)('%s has no plain text in which YAML sees a key', (file) => {
  const plain = readRules(file).flatMap((line) => /^ {8,10}\w+: (?!>)(.+)$/.exec(line)?.[1] ?? [])
  expect(plain.filter((text) => /: | #/.test(text))).toEqual([])
})

test.each(FILES)('each alert of %s has a condition, a meaning and a remedy', (file) => {
  const [, ...rules] = readRules(file)
    .join('\n')
    .split(/^ {6}- alert: /m)
  expect(rules.length).toBeGreaterThan(1)
  for (const rule of rules) {
    const keys = [...rule.matchAll(/^ {8,10}(expr|summary|description): /gm)].map(([, key]) => key)
    expect(keys, rule.split('\n')[0]).toEqual(['expr', 'summary', 'description'])
  }
})
