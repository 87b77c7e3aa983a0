import { setTimeout as sleep } from 'node:timers/promises'

export type Alarm = ReturnType<typeof createAlarm>

/** A sleep that `ring` ends. If it rings while nothing sleeps, the next sleep ends immediately. */
export function createAlarm() {
  let hasRung = false
  let wake = () => {}
  return {
    ring(): void {
      hasRung = true
      wake()
    },
    async sleep(milliseconds: number): Promise<void> {
      const waking = new AbortController()
      wake = () => waking.abort()
      if (!hasRung)
        await sleep(milliseconds, undefined, { ref: false, signal: waking.signal }).catch(() => {})
      hasRung = false
    },
  }
}
