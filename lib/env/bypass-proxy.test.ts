import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

const MODULE = new URL('./bypass-proxy.ts', import.meta.url).href

let proxied: string[] = []
const target = createServer((_, response) => response.end('direct'))
const proxy = createServer((request, response) => {
  proxied.push(`${request.method} ${request.url}`)
  response.end('by proxy')
}).on('connect', ({ url }, socket) => {
  proxied.push(`CONNECT ${url}`)
  socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
})

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

let targetPort: number
let proxyUrl: string

beforeAll(async () => {
  targetPort = await listen(target)
  proxyUrl = `http://127.0.0.1:${await listen(proxy)}`
})

afterAll(() => {
  target.close()
  proxy.close()
})

beforeEach(() => {
  proxied = []
})

/** Fetches an address in a process with these variables. @returns the answer, or `failed` */
async function fetchWith(env: Record<string, string>, host: string, prepare = ''): Promise<string> {
  const url = `http://${host}:${targetPort}/`
  const script = `${prepare}
    const answer = await fetch('${url}', { signal: AbortSignal.timeout(10_000) }).then((one) => one.text(), () => 'failed')
    console.log(answer)
    process.exit()`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH, ...env },
  })
  return stdout.trim()
}

const BYPASS = `import { bypassProxy } from '${MODULE}'
bypassProxy('http://[fd00::7]:3000')`

test.each<[string, (proxy: string) => Record<string, string>]>([
  ['the upper-case variable', (url) => ({ NODE_USE_ENV_PROXY: '1', HTTP_PROXY: url })],
  ['the lower-case one', (url) => ({ NODE_USE_ENV_PROXY: '1', http_proxy: url })],
  ['the flag', (url) => ({ NODE_OPTIONS: '--use-env-proxy', HTTP_PROXY: url, HTTPS_PROXY: url })],
  ['exceptions of its own', (url) => ({ NODE_USE_ENV_PROXY: '1', HTTP_PROXY: url, no_proxy: 'example.org' })],
  ['other exceptions', (url) => ({ NODE_USE_ENV_PROXY: '1', HTTP_PROXY: url, NO_PROXY: '.internal:8080 x' })],
  ['both spellings', (url) => ({ NODE_USE_ENV_PROXY: '1', HTTP_PROXY: url, no_proxy: '', NO_PROXY: 'x' })],
])('by %s no call of the process to itself goes to a proxy', async (_, variables) => {
  for (const host of ['127.0.0.1', 'localhost']) {
    expect(await fetchWith(variables(proxyUrl), host, BYPASS)).toBe('direct')
  }
  expect(proxied).toEqual([])
})

test('without the exceptions Node sends calls to itself to the proxy', async () => {
  await fetchWith({ NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxyUrl }, '127.0.0.1')
  expect(proxied).not.toEqual([])
})

test('keeps the proxy and the configured exceptions for other calls', async () => {
  const variables = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxyUrl, NO_PROXY: '127.0.0.2' }
  await fetchWith(variables, 'elsewhere.invalid', BYPASS)
  expect(proxied).not.toEqual([])
  proxied = []
  expect(await fetchWith(variables, '127.0.0.2', BYPASS)).toBe('failed')
  expect(proxied).toEqual([])
})
