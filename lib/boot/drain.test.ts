import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'

/** Like Next.js on a signal: closes its server, lets requests end, and exits immediately. */
const SERVER = (close: string) => `
  import { createServer } from 'node:http'
  import { drainOnSignals } from '${path.resolve('lib/boot/drain.ts')}'
  let endless
  const server = createServer((request, response) => {
    if (request.url === '/stream') endless = response
    if (request.url === '/slow') setTimeout(() => response.end('slow answer'), 300)
  })
  process.on('SIGTERM', () => server.close(() => process.exit(143)))
  drainOnSignals({ begin: () => endless?.end('ended'), close: ${close} })
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

let child: ChildProcess | undefined

afterEach(() => child?.kill('SIGKILL'))

async function start(close: string) {
  const server = spawn(process.execPath, ['--input-type=module', '-e', SERVER(close)], { stdio: 'pipe' })
  child = server
  const lines: string[] = []
  server.stdout.on('data', (chunk) => lines.push(String(chunk).trim()))
  await once(server.stdout, 'data')
  return { server, lines, url: `http://127.0.0.1:${lines[0]}` }
}

const SLOW_CLOSE = `() => new Promise((resolve) => setTimeout(() => { console.log('closed'); resolve() }, 200))`

test('answers the requests in flight, closes the database, then ends the process', async () => {
  const { server, lines, url } = await start(SLOW_CLOSE)
  const answer = new Promise((resolve) => {
    get(`${url}/slow`, { agent: false }, async (response) => resolve(String(await response.toArray())))
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  server.kill('SIGTERM')
  expect(await answer).toBe('slow answer')
  expect(await once(server, 'exit')).toEqual([143, null])
  expect(lines.at(-1)).toBe('closed')
})

test('ends an endless response immediately', async () => {
  const { server, url } = await start('async () => {}')
  const answer = new Promise((resolve) => {
    get(`${url}/stream`, { agent: false }, async (response) => resolve(String(await response.toArray())))
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const signalledAt = performance.now()
  server.kill('SIGTERM')
  expect(await answer).toBe('ended')
  expect(await once(server, 'exit')).toEqual([143, null])
  expect(performance.now() - signalledAt).toBeLessThan(2_000)
})

test('ends the process even if a request never ends and the database never closes', async () => {
  const { server, url } = await start('() => new Promise(() => {})')
  get(`${url}/endless`).on('error', () => {})
  await new Promise((resolve) => setTimeout(resolve, 100))
  server.kill('SIGTERM')
  expect(await once(server, 'exit')).toEqual([143, null])
})
