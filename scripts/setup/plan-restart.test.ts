import { expect, test } from 'vitest'
import { planRestart } from './plan-restart.ts'

test('restarts a process immediately that ran for a minute, and one that ends repeatedly ever later', () => {
  const delays: number[] = []
  let failures = 0
  for (let i = 0; i < 9; i++) {
    const plan = planRestart(failures, 200)
    failures = plan.failures
    delays.push(plan.delayMs)
  }
  expect(delays).toEqual([0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  expect(planRestart(failures, 61_000)).toEqual({ failures: 1, delayMs: 0 })
})
