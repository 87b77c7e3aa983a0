import { expect, test } from 'vitest'
import { DatabaseAway } from '#lib/db/away'
import { metrics } from '#lib/metrics'
import { runJob } from './run-job'

async function lastSuccess(name: string): Promise<number | undefined> {
  const { values } = await metrics().jobSuccess.get()
  return values.find(({ labels }) => labels.name === name)?.value
}

test('the time of the last success can be read, and a failure leaves it', async () => {
  await runJob({ name: 'a', run: async () => 'done' })
  const at = await lastSuccess('a')
  expect(Math.abs((at ?? 0) - Date.now() / 1000)).toBeLessThan(5)
  for (const error of [new DatabaseAway(), new Error('x'), 'thrown text']) {
    await runJob({ name: 'a', run: () => Promise.reject(error) })
    await runJob({ name: 'b', run: () => Promise.reject(error) })
  }
  expect(await lastSuccess('a')).toBe(at)
  expect(await lastSuccess('b')).toBeUndefined()
})
