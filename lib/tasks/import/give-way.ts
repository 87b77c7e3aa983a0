import { setImmediate } from 'node:timers/promises'

const ROWS = 200

/** Lets other requests have their turn between many rows. @param index of the row that comes next */
export async function giveWay(index: number): Promise<void> {
  if (index % ROWS === ROWS - 1) await setImmediate()
}
