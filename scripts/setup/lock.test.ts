import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withLock } from './lock.mjs'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-lock-'))
  file = join(folder, 'inner', 'work.lock')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('never overlaps work under one lock, and reports a wait once', async () => {
  let running = 0
  const onWait = vi.fn()
  const work = async () => {
    expect(++running).toBe(1)
    await sleep(50)
    running--
  }
  await Promise.all([1, 2, 3].map(() => withLock(file, work, onWait)))
  expect(onWait).toHaveBeenCalledTimes(2)
})

test('releases the lock on a failure, and throws it', async () => {
  const failing = withLock(file, () => Promise.reject(new Error('no space left')), vi.fn())
  await expect(failing).rejects.toThrow('no space left')
  expect(existsSync(file)).toBe(false)
})

test('takes over a lock that was not touched for eleven seconds', async () => {
  await withLock(file, async () => {}, vi.fn())
  writeFileSync(file, '')
  const elevenSecondsAgo = new Date(Date.now() - 11_000)
  utimesSync(file, elevenSecondsAgo, elevenSecondsAgo)
  expect(await withLock(file, async () => 'mine', vi.fn())).toBe('mine')
})

test('releases the lock when a signal ends the process', async () => {
  const module = join(import.meta.dirname, 'lock.mjs')
  const source = `
    import { withLock } from ${JSON.stringify(module)}
    await withLock(${JSON.stringify(file)}, async () => {
      console.log('held')
      await new Promise((resolve) => setTimeout(resolve, 60_000))
    }, () => {})`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source])
  await once(child.stdout, 'data')
  expect(existsSync(file)).toBe(true)
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([143, null])
  expect(existsSync(file)).toBe(false)
})

test('ends with one line if the folder is not writable', async () => {
  writeFileSync(join(folder, 'file'), '')
  const program = `import { withLock } from '${new URL('./lock.mjs', import.meta.url).href}'
    await withLock(process.argv[1], async () => {}, () => {})`
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', program, join(folder, 'file', 'work.lock')],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const ended = once(child, 'exit')
  const complained = (await child.stderr.toArray()).join('')
  expect((await ended)[0]).toBe(1)
  expect(complained).toMatch(
    /^Taskward cannot write to .* \((ENOTDIR|EEXIST)\): make it writable for this user\.\n$/,
  )
})
