import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { root } from './root.ts'

/** Reads the settings as `next start` does, then prints the native libraries of the process. */
const PROGRAM = `
  const { default: loadConfig } = require('next/dist/server/config')
  loadConfig('phase-production-server', process.cwd()).then(() =>
    console.log(JSON.stringify(process.report.getReport().sharedObjects)))`

test('reads the settings of the server without the compiler, which would stay in memory', () => {
  const env = { ...process.env, NODE_ENV: 'production' as const }
  const output = execFileSync(process.execPath, ['--eval', PROGRAM], { cwd: root, env, encoding: 'utf8' })
  const libraries: string[] = JSON.parse(output)
  expect(libraries).not.toEqual([])
  expect(libraries.filter((file) => file.includes('next-swc'))).toEqual([])
})
