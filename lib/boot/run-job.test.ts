import { afterEach, expect, test, vi } from 'vitest'
import { DatabaseUnavailable } from '#lib/db/availability.ts'
import { databaseState } from '#lib/db/state.ts'
import { log } from '#lib/log.ts'
import { metrics } from '#lib/metrics.ts'
import { runJob } from './run-job.ts'

const logged = vi.spyOn(log(), 'error')

afterEach(() => {
  logged.mockClear()
  databaseState().health = 'unreachable'
})

async function lastSuccess(name: string): Promise<number | undefined> {
  const { values } = await metrics().jobSuccess.get()
  return values.find(({ labels }) => labels.name === name)?.value
}

test('sets the time of the last success, and keeps it after a failure', async () => {
  await runJob({ name: 'a', run: async () => 'done' })
  const at = await lastSuccess('a')
  expect(Math.abs((at ?? 0) - Date.now() / 1000)).toBeLessThan(5)
  for (const error of [new DatabaseUnavailable(), new Error('x'), 'thrown text']) {
    await runJob({ name: 'a', run: () => Promise.reject(error) })
    await runJob({ name: 'b', run: () => Promise.reject(error) })
  }
  expect(await lastSuccess('a')).toBe(at)
  expect(await lastSuccess('b')).toBeUndefined()
})

const fail = (error: unknown) => runJob({ name: 'c', run: () => Promise.reject(error) })

test('logs nothing for a job that fails in an outage', async () => {
  await fail(new DatabaseUnavailable())
  expect(logged).not.toHaveBeenCalled()
})

test('logs other failures, and a timeout while the database answers, with their place', async () => {
  databaseState().health = 'ok'
  await fail(Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' }))
  await fail(new TypeError('x is not a function'))
  expect(logged.mock.calls.map(([line]) => line)).toMatchObject([
    { job: 'c', code: '57014', stack: expect.any(Array) },
    { job: 'c', error: 'TypeError' },
  ])
})
