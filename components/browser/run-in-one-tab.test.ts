import { expect, test, vi } from 'vitest'
import { runInOneTab } from './run-in-one-tab.ts'

test('work runs in visible tabs where Web Locks are missing or blocked, until it is ended', async () => {
  const lockManagers = [undefined, { request: () => Promise.reject(new Error('SecurityError')) }]
  for (const locks of lockManagers) {
    const tab = Object.assign(new EventTarget(), { visibilityState: 'hidden' })
    const show = (state: 'hidden' | 'visible') => {
      tab.visibilityState = state
      tab.dispatchEvent(new Event('visibilitychange'))
    }
    vi.stubGlobal('navigator', { locks })
    vi.stubGlobal('document', tab)
    let running = 0
    const leave = runInOneTab('any', () => {
      running++
      return () => running--
    })
    await new Promise(setImmediate)
    expect(running).toBe(0)
    show('visible')
    show('visible')
    expect(running).toBe(1)
    show('hidden')
    expect(running).toBe(0)
    show('visible')
    leave()
    expect(running).toBe(0)
    show('visible')
    expect(running).toBe(0)
  }
  vi.unstubAllGlobals()
})

test('work runs in one tab after the other where there are Web Locks', async () => {
  vi.stubGlobal('navigator', { locks: navigator.locks })
  const running: string[] = []
  const run = (tab: string) =>
    runInOneTab('taskward.test', () => {
      running.push(tab)
      return () => running.splice(running.indexOf(tab), 1)
    })
  const [leaveOne, leaveOther] = [run('one'), run('other')]
  await expect.poll(() => running).toEqual(['one'])
  leaveOne()
  await expect.poll(() => running).toEqual(['other'])
  leaveOther()
  expect(running).toEqual([])
  vi.unstubAllGlobals()
})
