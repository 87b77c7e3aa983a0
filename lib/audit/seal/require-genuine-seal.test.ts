import { beforeEach, expect, test, vi } from 'vitest'
import { nodeEnv } from '#lib/env/node.ts'
import { log } from '#lib/log.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allSeals, recordEvents, sealAll, tamper } from '#lib/testing/seal-world.ts'
import { pruneEvents } from './prune-events.ts'
import { verifySeals } from './verify-seals.ts'

/** Two seals, and an event that waits for the next one. */
beforeEach(async () => {
  await emptyTables()
  for (let i = 0; i < 2; i++) {
    await recordEvents(1)
    await sealAll()
  }
  await recordEvents(1)
})

/** What stops, and the seal that it names in the log. */
async function stops(job: () => Promise<unknown>): Promise<unknown> {
  const error = vi.spyOn(log(), 'error')
  await expect(job()).rejects.toThrow(/was tampered with, or AUDIT_SEAL_SECRET is another/)
  const [line] = error.mock.lastCall ?? []
  error.mockRestore()
  return line
}

test.each(["head = '\\x00'", "entries = ''", "to_xid = '18446744073709551615'"])(
  'throws and seals nothing after a tampered last seal: %s',
  async (edit) => {
    await tamper(`UPDATE audit_seals SET ${edit} WHERE number = 2`)
    expect(await stops(() => sealAll())).toEqual({ job: 'seals', tampered_seal: 2 })
    expect(await allSeals()).toHaveLength(2)
  },
)

test('a server with another secret throws; the right secret continues the chain', async () => {
  const { auditSealSecrets } = nodeEnv()
  Object.assign(nodeEnv(), { auditSealSecrets: ['another'] })
  expect(await stops(() => sealAll())).toEqual({ job: 'seals', tampered_seal: 2 })
  expect(await stops(() => pruneEvents(new Date()))).toEqual({ job: 'retention', tampered_seal: 1 })
  Object.assign(nodeEnv(), { auditSealSecrets })
  expect(await sealAll()).toBe(1)
  expect(await verifySeals({ now: new Date() })).toMatchObject({ ok: true, value: { seals: 3, events: 3 } })
})

test('continues the chain after a pruned last seal', async () => {
  const muchLater = new Date(Date.now() + 401 * 24 * 60 * 60 * 1000)
  expect(await pruneEvents(muchLater)).toBe(2)
  expect(await sealAll()).toBe(1)
  expect((await verifySeals({ now: new Date() })).ok).toBe(true)
})
