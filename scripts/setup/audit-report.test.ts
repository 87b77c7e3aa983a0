import { beforeEach, expect, test } from 'vitest'
import { verifySeals } from '#lib/audit/seal/verify-seals.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allSeals, recordEvents, sealAll, tamper } from '#lib/testing/seal-world.ts'
import { describeProblem, describeTrailReport } from './audit-report.ts'

let ids: string[]

beforeEach(async () => {
  await emptyTables()
  ids = await recordEvents(3)
  await sealAll()
})

async function report(head?: string): Promise<string> {
  const result = await verifySeals({ ...(head !== undefined && { head }), now: new Date() })
  return result.ok ? describeTrailReport(result.value, head) : describeProblem(result.error)
}

test.each([
  ['changed', () => `UPDATE auth_events SET ip_address = '192.0.2.7' WHERE id = '${ids[1]}'`],
  ['removed', () => `DELETE FROM auth_events WHERE id = '${ids[1]}'`],
])('names an event that was %s', async (what, sql) => {
  await tamper(sql())
  expect(await report()).toBe(`The audit trail was TAMPERED WITH: event ${ids[1]} was ${what}.`)
})

test('names an inserted event', async () => {
  const id = crypto.randomUUID()
  await tamper(
    `INSERT INTO auth_events (id, event_type, success, created_at) VALUES ('${id}', 'login', true, now())`,
  )
  expect(await report()).toContain(`${id} was inserted`)
})

test('a logged head shows that the end of the trail was cut off', async () => {
  const logged = Buffer.from((await allSeals())[0]!.head).toString('hex')
  await tamper('TRUNCATE auth_events, audit_seals')
  expect(await report()).toMatch(/^The audit trail is sound\./)
  expect(await report(logged)).toContain('its end was cut off')
})
