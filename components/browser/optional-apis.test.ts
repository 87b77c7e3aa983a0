import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { isTest, readProject } from '#lib/testing/import-graph.ts'
import { joinChannel, leaveInTurn, observeResources, writeCookie } from './optional-apis.ts'

const OPTIONAL_API =
  /\b(BroadcastChannel|localStorage|sessionStorage|indexedDB|caches|cookieStore|Notification|SharedWorker|PerformanceObserver|structuredClone|matchMedia|requestIdleCallback)\b|\bdocument\.cookie\b|\bnavigator\.\w|\bcrypto\.(randomUUID|subtle)\b/
const COMMENT = /^\s*(\/\*[\s\S]*?\*\/|\/\/.*$)/gm

test('only components/browser calls APIs that a browser may block or lack', () => {
  const project = readProject(fileURLToPath(new URL('../..', import.meta.url)))
  const callers = [...project].filter(
    ([file, source]) =>
      (file.startsWith('components/') || source.startsWith("'use client'")) &&
      !isTest(file) &&
      OPTIONAL_API.test(source.replace(COMMENT, '')),
  )
  expect(callers.map(([file]) => file)).toEqual([
    'components/browser/optional-apis.ts',
    'components/browser/run-in-one-tab.ts',
  ])
})

test('a blocked channel or cookie has no effect', () => {
  const block = () => {
    throw new Error('The operation is insecure.')
  }
  vi.stubGlobal('BroadcastChannel', block)
  vi.stubGlobal('document', Object.defineProperty({}, 'cookie', { set: block }))
  const channel = joinChannel('any', () => {})
  channel.post('text')
  channel.close()
  writeCookie('a=b')
  vi.unstubAllGlobals()
})

test('a channel that fails later has no effect', () => {
  const broken = class {
    addEventListener() {
      throw new Error('InvalidStateError')
    }
    postMessage = this.addEventListener
    close = this.addEventListener
  }
  vi.stubGlobal('BroadcastChannel', broken)
  const channel = joinChannel('any', () => {})
  channel.post('text')
  channel.close()
  vi.unstubAllGlobals()
})

test('a browser without PerformanceObserver reports no timings and throws nothing', () => {
  vi.stubGlobal('PerformanceObserver', undefined)
  observeResources(() => {})()
  vi.unstubAllGlobals()
})

test('leaves the page without waiting where Web Locks are missing, and once where they are blocked', async () => {
  const lockManagers = [undefined, { request: () => Promise.reject(new Error('SecurityError')) }]
  for (const locks of lockManagers) {
    vi.stubGlobal('navigator', { locks })
    const leave = vi.fn()
    leaveInTurn('any', leave)
    await Promise.resolve()
    expect(leave).toHaveBeenCalledOnce()
  }
  vi.unstubAllGlobals()
})
