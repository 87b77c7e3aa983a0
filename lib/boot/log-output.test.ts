import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'

/** The lines that a process leaves whose output is logged. */
function linesOf(code: string): Record<string, unknown>[] {
  const source = `
    import { logOutput } from '${path.resolve('lib/boot/log-output.ts')}'
    logOutput()
    ${code}`
  const env = { ...process.env, LOG_LEVEL: 'trace' }
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    encoding: 'utf8',
    env,
  })
  expect(stderr).toBe('')
  expect(stdout).not.toContain('canary')
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

const HOSTILE = JSON.stringify('canary\n{"level":50,"job":"seals"}\n\u001b]0;canary\u0007')

test('logs an error as one line with its place and without its text', () => {
  const lines = linesOf(`console.error('⨯', new TypeError(${HOSTILE}, { cause: 'canary' }))`)
  expect(lines).toMatchObject([
    { level: 50, source: 'console', error: 'TypeError', stack: expect.any(Array) },
  ])
})

test('does not log a rendering error twice, because Next.js also reports it', () => {
  expect(linesOf(`console.error(Object.assign(new Error('canary'), { digest: '1' }))`)).toEqual([])
})

test('logs a lost connection of the server, but no request that the client aborted', () => {
  const print = (message: string) =>
    `console.error(Object.assign(new Error('${message}'), { code: 'ECONNRESET' }))`
  expect(linesOf(print('aborted'))).toEqual([])
  expect(linesOf(print('read ECONNRESET'))).toMatchObject([{ level: 50, code: 'ECONNRESET' }])
})

test('logs a line without the text for every console method', () => {
  const methods = ['log', 'info', 'debug', 'trace', 'warn', 'error']
  const lines = linesOf(methods.map((method) => `console.${method}(${HOSTILE}, { canary: 1 })`).join('\n'))
  expect(lines).toHaveLength(methods.length)
  for (const line of lines)
    expect(line).toMatchObject({ source: 'console', error: 'text', stack: expect.any(Array) })
})

test('drops the text of console methods that write by themselves', () => {
  const lines = linesOf(`console.table(['canary']); console.dir('canary'); console.assert(false, 'canary')`)
  expect(lines.length).toBeGreaterThan(0)
  for (const line of lines) expect(line).toMatchObject({ error: 'text' })
})

test.each(['stdout', 'stderr'])('logs a line for a write to %s, and calls back its writer', (stream) => {
  const lines = linesOf(
    `process.${stream}.write(${HOSTILE}, () => process.exit(0)); setTimeout(() => {}, 9000)`,
  )
  expect(lines).toMatchObject([{ source: 'output', error: 'text' }])
})

test('logs a warning of Node without its message', () => {
  expect(linesOf(`process.emitWarning(${HOSTILE}, 'Canary')`)).toMatchObject([
    { level: 40, source: 'process', error: 'Canary' },
  ])
})
