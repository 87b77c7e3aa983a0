import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const FOLDER = path.join('lib', 'mail', 'templates')

test.each(readdirSync(FOLDER))('%s leaves markup, links and headers to the layout', (name) => {
  const source = readFileSync(path.join(FOLDER, name), 'utf8')
  expect(source).toContain('return layout({')
  expect(source).not.toMatch(/['"`][^'"`]*<\/?\w|https?:|\bhtml\b|\bappUrl\b/)
})
