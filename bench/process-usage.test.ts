import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readUsage } from './process-usage.ts'

test.skipIf(!existsSync('/proc/self/stat'))('counts the work of a child for its parent', async () => {
  const before = readUsage(process.pid)!
  const work = 'while (process.cpuUsage().user < 3e5); console.log(1); setInterval(() => {}, 1e6)'
  const child = spawn(process.execPath, ['-e', work], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const after = readUsage(process.pid)!
  const ofChild = readUsage(child.pid!)!
  child.kill()
  expect(after.cpuMs - before.cpuMs).toBeGreaterThanOrEqual(250)
  expect(after.residentMb).toBeGreaterThan(ofChild.residentMb)
})

test('is null for a process that does not exist', () => {
  expect(readUsage(2 ** 30)).toBeNull()
})
