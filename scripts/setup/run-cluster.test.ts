import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freePort } from '#lib/testing/free-port.ts'
import { bundleCommands } from './bundle-commands.ts'
import { root } from './root.ts'

const PRIMARY = join(root, 'scripts/setup/cluster-primary.ts')

/** A server that answers with its process id, as a program of Next.js would be started. */
const PROGRAM = `
  import { createServer } from 'node:http'
  const { PORT, FAIL } = process.env
  if (FAIL) {
    console.error(FAIL)
    process.exit(7)
  }
  const server = createServer((request, response) => response.end(String(process.pid)))
  server.listen(Number(PORT), '127.0.0.1', () => process.send?.({ type: 'ready' }))
  process.on('SIGTERM', () => process.exit(143))
`

let folder: string
let running: ChildProcess | undefined

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-cluster-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'next-server.js'), PROGRAM)
  await bundleCommands(folder)
})
afterEach(() => running?.kill('SIGKILL'))
afterAll(() => rmSync(folder, { recursive: true }))

function start(args: string[], variables: Record<string, string>) {
  const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'production' as const, ...variables }
  const child = spawn(process.execPath, args, { cwd: tmpdir(), env, stdio: ['ignore', 'pipe', 'pipe'] })
  running = child
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output += text
    })
  return { child, output: () => output, ended: once(child, 'exit') }
}

/** The process that answers on a connection of its own, or null. */
function ask(port: string): Promise<number | null> {
  return new Promise((resolve) => {
    const call = get({ port, host: '127.0.0.1', agent: false }, async (response) =>
      resolve(Number(await new Response(response as never).text().catch(() => 0)) || null),
    )
    call.on('error', () => resolve(null))
  })
}

/** Asks until so many processes have answered. */
async function findProcesses(port: string, count: number): Promise<number[]> {
  const found = new Set<number>()
  await expect
    .poll(
      async () => {
        for (const pid of await Promise.all(Array.from({ length: 8 }, () => ask(port))))
          if (pid) found.add(pid)
        return found.size
      },
      { timeout: 15_000 },
    )
    .toBeGreaterThanOrEqual(count)
  return [...found]
}

test('runs two processes, replaces one that is killed, and ends both', async () => {
  const port = String(await freePort())
  const { child, output, ended } = start([PRIMARY, join(folder, 'next-server.js')], {
    ...{ PORT: port, WEB_CONCURRENCY: '2' },
  })
  const [first = 0, second = 0] = await findProcesses(port, 2)
  process.kill(first, 'SIGKILL')
  await expect.poll(async () => (await findProcesses(port, 2)).includes(first)).toBe(false)
  expect(output()).toContain(`"job":"processes","pid":${first},"cause":"SIGKILL","restart_seconds":0`)
  child.kill('SIGTERM')
  expect(await ended).toEqual([143, null])
  expect(() => process.kill(second, 0)).toThrow('ESRCH')
}, 40_000)

test('a start that fails is reported once, with its exit code', async () => {
  const { output, ended } = start([PRIMARY, join(folder, 'next-server.js')], {
    ...{ PORT: '0', WEB_CONCURRENCY: '3', FAIL: 'JWT_SECRET is not set' },
  })
  expect(await ended).toEqual([7, null])
  expect(output()).toBe('JWT_SECRET is not set\n')
})

test.each([
  [1, ''],
  [2, 'WEB_CONCURRENCY=2'],
])(
  'a standalone folder runs %i processes with %j in its settings',
  async (count, settings) => {
    writeFileSync(join(folder, '.env.local'), settings)
    const port = String(await freePort())
    const { child, ended } = start([join(folder, 'server.js')], { PORT: port })
    const found = await findProcesses(port, count)
    expect(found.includes(child.pid ?? 0)).toBe(count === 1)
    child.kill('SIGTERM')
    expect(await ended).toEqual([143, null])
  },
  30_000,
)
