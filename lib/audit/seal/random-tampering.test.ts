import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyTables } from '#lib/testing/database.ts'
import { recordEvents, sealAll, tamper } from '#lib/testing/seal-world.ts'
import { verifySeals } from './verify-seals.ts'

const BATCHES = [3, 1, 4]

async function freshTrail(): Promise<string[]> {
  await emptyTables()
  const ids: string[] = []
  for (const count of BATCHES) {
    ids.push(...(await recordEvents(count)))
    await sealAll()
  }
  return ids
}

/** Sorts before every genuine event of its transaction. */
const strangerAt = (at: number) => `00000000-0000-7000-8000-00000000000${at}`

const edit = fc
  .constantFrom(
    ...["email = 'x'", 'success = NOT success', 'user_id = gen_random_uuid()', "details = '{}'"],
    ...["created_at = created_at - '1 h'::interval", 'mac = NULL', "event_type = 'x'"],
  )
  .map((set) => ({ code: 'changed', sql: `UPDATE auth_events SET ${set} WHERE id = '$id'` }))
const removal = fc.constant({ code: 'removed', sql: `DELETE FROM auth_events WHERE id = '$id'` })
const insertion = fc.constant({
  code: 'inserted',
  sql: `INSERT INTO auth_events (id, event_type, success, created_at, mac, xid)
    SELECT '$stranger', event_type, success, created_at, mac, xid FROM auth_events WHERE id = '$id'`,
})
/** One change of the event at a position of the chain, with the failure code that it must cause. */
const tampering = fc.record({ at: fc.nat(7), change: fc.oneof(edit, removal, insertion) })

test('reports the first of any random changes in the order of the chain', async () => {
  const tamperings = fc.uniqueArray(tampering, { minLength: 1, maxLength: 4, selector: ({ at }) => at })
  await fc.assert(
    fc.asyncProperty(tamperings, async (changes) => {
      const ids = await freshTrail()
      for (const { at, change } of changes) {
        await tamper(change.sql.replace('$id', ids[at]!).replace('$stranger', strangerAt(at)))
      }
      const [{ at, change }] = changes.toSorted((a, b) => a.at - b.at) as [(typeof changes)[number]]
      const eventId = change.code === 'inserted' ? strangerAt(at) : ids[at]
      expect(await verifySeals({ now: new Date() })).toEqual({
        ok: false,
        error: { code: change.code, eventId },
      })
    }),
    { numRuns: 20 },
  )
}, 60_000)
