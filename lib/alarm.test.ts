import { expect, test } from 'vitest'
import { DAY_MS } from '#lib/time.ts'
import { createAlarm } from './alarm.ts'

test('a ring ends the sleep', async () => {
  const alarm = createAlarm()
  const sleep = alarm.sleep(DAY_MS)
  alarm.ring()
  await sleep
})

test('rings while nothing sleeps end the next sleep, and that one alone', async () => {
  const alarm = createAlarm()
  alarm.ring()
  alarm.ring()
  await alarm.sleep(DAY_MS)
  let isAwake = false
  const second = alarm.sleep(DAY_MS).then(() => {
    isAwake = true
  })
  await new Promise(setImmediate)
  expect(isAwake).toBe(false)
  alarm.ring()
  await second
})

test('without a ring the sleep ends by itself', async () => {
  await createAlarm().sleep(1)
})
