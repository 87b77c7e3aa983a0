import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const applied = globSync('components/**/*.css').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/@apply ([^;]+);/g)].map(([, classes = '']) =>
    classes.split(/\s+/),
  ),
)

test('text that is cut to some lines has no padding below, in which the next line would be visible', () => {
  const clamped = applied.filter((classes) => classes.some((name) => /(^|:)line-clamp-/.test(name)))
  expect(clamped.length).toBeGreaterThan(0)
  expect(clamped.filter((classes) => classes.some((name) => /(^|:)(p|py|pb)-/.test(name)))).toEqual([])
})
