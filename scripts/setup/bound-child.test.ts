import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askToEnd, spawnBoundNode } from './bound-child.mjs'

/** Ends a moment after a signal with a code that names the signal, like a server that drains. */
const DRAINING = `
  for (const [signal, code] of [['SIGINT', 30], ['SIGTERM', 43]]) {
    process.on(signal, () => setTimeout(() => process.exit(code), 50))
  }`

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-child-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function start(program: string) {
  const file = join(folder, 'program.mjs')
  writeFileSync(file, `${program}\nconsole.log('ready'); setInterval(() => {}, 1000)`)
  const child = spawnBoundNode([file], { cwd: folder, output: 'pipe' })
  await once(child.stdout!, 'data')
  return child
}

test.each([
  ['SIGINT', 'win32', 30],
  ['SIGTERM', 'win32', 43],
  ['SIGINT', 'linux', 30],
  ['SIGTERM', 'linux', 43],
] as const)('a child that is asked to end by %s on %s drains first', async (signal, platform, code) => {
  const child = await start(DRAINING)
  askToEnd(child, signal, platform)
  expect(await once(child, 'exit')).toEqual([code, null])
})

test('ends a child without listeners immediately, with the code of the signal', async () => {
  const child = await start('')
  askToEnd(child, 'SIGINT', 'win32')
  expect(await once(child, 'exit')).toEqual([130, null])
})

test('drains a child whose parent has ended', async () => {
  const child = await start(DRAINING)
  child.stdin?.destroy()
  expect(await once(child, 'exit')).toEqual([43, null])
})
