import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../setup/root.ts'
import { anchorsOf, linksOf, pathsOf } from './documents.ts'
import { readTextFiles } from './text-files.ts'

/** The lines that a document may have, where not 150. */
const LINES: Record<string, number> = {
  'README.md': 80,
  'CHANGELOG.md': Number.POSITIVE_INFINITY,
  // Written by npm run bench.
  'docs/performance/results.md': Number.POSITIVE_INFINITY,
}

const documents = [...readTextFiles()].filter(([file]) => file.endsWith('.md'))

describe.each(documents)('%s', (file, text) => {
  test('is short enough to be read', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(LINES[file] ?? 150)
  })

  test('links to files and headings that exist', () => {
    const broken = linksOf(file, text).filter(({ path, anchor }) => {
      if (!existsSync(join(root, path))) return true
      const target = documents.find(([name]) => name === path)?.[1]
      return anchor !== undefined && target !== undefined && !anchorsOf(target).includes(anchor)
    })
    expect(broken).toEqual([])
  })

  test('names paths that exist', () => {
    expect(pathsOf(text).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

test('anchors are formed as GitHub forms them', () => {
  expect(
    anchorsOf('# API\n\n## What to do when …\n\n```sh\n# no heading\n```\n### `ETag`, `If-Match`'),
  ).toEqual(['api', 'what-to-do-when-', 'etag-if-match'])
})

test('links are resolved from the folder of their document', () => {
  const text = '[a](../lib/a.ts#L3), [b](#here), [c](https://example.org), <img src="b.png">'
  expect(linksOf('docs/x.md', text)).toEqual([
    { path: 'lib/a.ts', anchor: 'L3' },
    { path: 'docs/x.md', anchor: 'here' },
    { path: 'docs/b.png', anchor: undefined },
  ])
})

test('paths are found within commands, and patterns are not paths', () => {
  expect(pathsOf('`node scripts/start.ts`, `lib/auth/`, `app/api/…/route.ts`, `lib/**`')).toEqual([
    'scripts/start.ts',
    'lib/auth/',
  ])
})
