import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'

/** What a process prints that has its console errors logged. */
function run(code: string) {
  const source = `
    import { logConsoleErrors } from '${path.resolve('lib/boot/log-console-errors.ts')}'
    logConsoleErrors()
    ${code}`
  const env = { ...process.env, LOG_LEVEL: 'info' }
  return spawnSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8', env })
}

test('an error is one line that says where, and not what it quotes', () => {
  const { stdout, stderr } = run(
    `console.error('⨯', new TypeError('bad: canary\\n{"level":60}', { cause: 'canary' }))`,
  )
  expect(stderr).toBe('')
  expect(stdout).not.toContain('canary')
  expect(stdout.trimEnd().split('\n')).toHaveLength(1)
  expect(JSON.parse(stdout)).toMatchObject({
    level: 50,
    source: 'console',
    error: 'TypeError',
    stack: expect.any(Array),
  })
})

test('an error of rendering, which Next.js reports to us as well, is not said twice', () => {
  const { stdout, stderr } = run(`console.error(Object.assign(new Error('canary'), { digest: '1' }))`)
  expect(stdout + stderr).toBe('')
})

test('texts pass', () => {
  expect(run(`console.error('The database is away.')`).stderr).toBe('The database is away.\n')
})
