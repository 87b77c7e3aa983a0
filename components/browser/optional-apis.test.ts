import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { isTest, readProject } from '#lib/testing/import-graph.ts'
import { joinChannel, leaveInTurn, observeResources, writeCookie } from './optional-apis.ts'

const REFUSABLE =
  /\b(BroadcastChannel|localStorage|sessionStorage|indexedDB|caches|cookieStore|Notification|SharedWorker|PerformanceObserver|structuredClone|requestIdleCallback)\b|\bdocument\.cookie\b|\bnavigator\.\w|\bcrypto\.(randomUUID|subtle)\b/
const COMMENT = /^\s*(\/\*[\s\S]*?\*\/|\/\/.*$)/gm

test('only one file of the interface calls what a browser may refuse or lack', () => {
  const project = readProject(fileURLToPath(new URL('../..', import.meta.url)))
  const callers = [...project].filter(
    ([file, source]) =>
      (file.startsWith('components/') || source.startsWith("'use client'")) &&
      !isTest(file) &&
      REFUSABLE.test(source.replace(COMMENT, '')),
  )
  expect(callers.map(([file]) => file)).toEqual(['components/browser/optional-apis.ts'])
})

test('a channel or a cookie that throws has no effect', () => {
  const refuse = () => {
    throw new Error('The operation is insecure.')
  }
  vi.stubGlobal('BroadcastChannel', refuse)
  vi.stubGlobal('document', Object.defineProperty({}, 'cookie', { set: refuse }))
  const channel = joinChannel('any', () => {})
  channel.post('text')
  channel.leave()
  writeCookie('a=b')
  vi.unstubAllGlobals()
})

test('a channel that breaks later has no effect', () => {
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
  channel.leave()
  vi.unstubAllGlobals()
})

test('what is loaded goes unwatched where the browser reports nothing', () => {
  vi.stubGlobal('PerformanceObserver', undefined)
  observeResources(() => {})()
  vi.unstubAllGlobals()
})

test('a page is left at once without locks, and once where they are refused', async () => {
  const refusals = [undefined, { request: () => Promise.reject(new Error('SecurityError')) }]
  for (const locks of refusals) {
    vi.stubGlobal('navigator', { locks })
    const leave = vi.fn()
    leaveInTurn('any', leave)
    await Promise.resolve()
    expect(leave).toHaveBeenCalledOnce()
  }
  vi.unstubAllGlobals()
})
