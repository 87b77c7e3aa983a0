import { setImmediate } from 'node:timers/promises'

const TURN_MS = 10

/** @returns lets other requests have their turn, where the last one was a while ago. To call it between two rows */
export function makeGiveWay(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < TURN_MS) return
    await setImmediate()
    since = performance.now()
  }
}
