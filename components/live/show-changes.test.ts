import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SessionState } from '#components/session/check-session.ts'
import { showChanges } from './show-changes.ts'

/** A browser's `EventSource`, as far as the page uses it. */
class FakeSource extends EventTarget {
  static readonly CLOSED = 2
  static opened: FakeSource[] = []
  readyState = 1
  onopen?: () => void
  onerror?: () => void
  readonly url: string

  constructor(url: string) {
    super()
    this.url = url
    FakeSource.opened.push(this)
  }

  change(seq: number): void {
    this.dispatchEvent(Object.assign(new Event('change'), { lastEventId: String(seq) }))
  }

  close(): void {
    this.readyState = FakeSource.CLOSED
  }
}

const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
const refresh = vi.fn()
const checkSession = vi.fn<() => Promise<SessionState>>()
let answer: PromiseWithResolvers<void>
let shown: number
let dayEnds: number
let end: () => void

beforeEach(async () => {
  vi.useFakeTimers()
  answer = Promise.withResolvers()
  vi.stubGlobal('window', { fetch: () => answer.promise })
  vi.stubGlobal('EventSource', FakeSource)
  vi.stubGlobal('BroadcastChannel', undefined)
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('document', page)
  FakeSource.opened = []
  page.visibilityState = 'visible'
  shown = 7
  dayEnds = Number.POSITIVE_INFINITY
  checkSession.mockResolvedValue('active')
  end = showChanges({ userId: 'ada', shownSeq: () => shown, dayEnds: () => dayEnds, refresh, checkSession })
  // Without Web Locks the stream opens a moment later.
  await Promise.resolve()
  await Promise.resolve()
})

afterEach(() => {
  end()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.clearAllMocks()
})

const source = () => FakeSource.opened.at(-1)!

test('several changes of a moment refresh the page once', async () => {
  expect(source().url).toBe('/api/ada/changes/stream?since=7')
  for (const seq of [8, 9, 10]) source().change(seq)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(refresh).toHaveBeenCalledOnce()
})

test('a change that the page shows already does not refresh it', async () => {
  source().change(8)
  shown = 8
  await vi.advanceTimersByTimeAsync(1_000)
  expect(refresh).not.toHaveBeenCalled()
})

test('a change that arrives before the answer to the form that made it does not refresh the page', async () => {
  void window.fetch('/tasks', { method: 'POST' })
  source().change(8)
  await vi.advanceTimersByTimeAsync(3_000)
  answer.resolve()
  await vi.advanceTimersByTimeAsync(500)
  shown = 8
  await vi.advanceTimersByTimeAsync(1_000)
  expect(refresh).not.toHaveBeenCalled()
})

test('a hidden page is refreshed when it is shown again', async () => {
  page.visibilityState = 'hidden'
  source().change(8)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(refresh).not.toHaveBeenCalled()
  page.visibilityState = 'visible'
  page.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(refresh).toHaveBeenCalledOnce()
})

test('a page whose day has ended is refreshed, also if it was hidden then', async () => {
  dayEnds = Date.now() + 300_000
  await vi.advanceTimersByTimeAsync(290_000)
  expect(refresh).not.toHaveBeenCalled()
  page.visibilityState = 'hidden'
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(refresh).not.toHaveBeenCalled()
  page.visibilityState = 'visible'
  await vi.advanceTimersByTimeAsync(61_000)
  expect(refresh).toHaveBeenCalledOnce()
  dayEnds += 86_400_000
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(refresh).toHaveBeenCalledOnce()
})

test('a stream that ends is opened again after the last change, once the session was found active', async () => {
  source().change(8)
  shown = 8
  checkSession.mockResolvedValueOnce('unknown')
  source().onerror?.()
  expect(source().readyState).toBe(FakeSource.CLOSED)
  await vi.advanceTimersByTimeAsync(1_500)
  expect([checkSession.mock.calls.length, FakeSource.opened.length]).toEqual([1, 1])
  await vi.advanceTimersByTimeAsync(3_000)
  expect([checkSession.mock.calls.length, FakeSource.opened.length]).toEqual([2, 2])
  expect(source().url).toBe('/api/ada/changes/stream?since=8')
})

test('a stream whose session has ended is not opened again', async () => {
  checkSession.mockResolvedValue('ended')
  source().onerror?.()
  await vi.advanceTimersByTimeAsync(600_000)
  expect([checkSession.mock.calls.length, FakeSource.opened.length]).toEqual([1, 1])
})

test('a page is not refreshed until the server answers, and not after its session has ended', async () => {
  checkSession.mockResolvedValueOnce('unknown').mockResolvedValueOnce('unknown')
  source().change(8)
  await vi.advanceTimersByTimeAsync(9_000)
  expect([checkSession.mock.calls.length, refresh.mock.calls.length]).toEqual([2, 0])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(refresh).toHaveBeenCalledOnce()
  shown = 8
  checkSession.mockResolvedValue('ended')
  source().change(9)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(refresh).toHaveBeenCalledOnce()
})

test('nothing happens after the end, nor after an answer that comes later', async () => {
  const answered = Promise.withResolvers<SessionState>()
  checkSession.mockReturnValueOnce(answered.promise)
  source().change(8)
  await vi.advanceTimersByTimeAsync(1_000)
  end()
  answered.resolve('active')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(refresh).not.toHaveBeenCalled()
})

test('no planned refresh happens after the end', async () => {
  source().change(8)
  end()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(refresh).not.toHaveBeenCalled()
  expect(source().readyState).toBe(FakeSource.CLOSED)
})
