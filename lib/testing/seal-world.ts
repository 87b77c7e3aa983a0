import { setTimeout as sleep } from 'node:timers/promises'
import { eventRow } from '#lib/audit/event-row.ts'
import { sealEvents } from '#lib/audit/seal/seal-events.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { allEvents, makeClient } from './factories.ts'

/** Changes the audit trail without its trigger, as an owner of the database can. */
export async function tamper(sql: string): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`
    await tx.$executeRawUnsafe(sql)
  })
}

/** Records so many events, one after the other, and returns their ids. */
export async function recordEvents(count: number, tx: Tx = db()): Promise<string[]> {
  const types = ['login', 'logout', 'signup']
  const before = (await allEvents()).length
  for (let i = 0; i < count; i++) {
    const details = { number: before + i }
    const event = { type: types[i % 3]!, client: makeClient(), details }
    await tx.authEvent.create({ data: { ...eventRow(event, new Date()), details } })
  }
  return (await allEvents()).slice(before).map(({ id }) => id)
}

/** Seals everything that has been recorded: waits for transactions elsewhere on the server, which sealing would leave out. */
export async function sealAll(now = new Date()): Promise<number> {
  await settle()
  return sealEvents(now)
}

/** Waits until every recorded event is older than every transaction that runs. */
export async function settle(): Promise<void> {
  const isSettled = async () => {
    const [row] = await db().$queryRaw<{ settled: boolean }[]>`
      SELECT NOT EXISTS (SELECT FROM auth_events WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())
        AND xid < pg_snapshot_xmax(pg_current_snapshot())) AS settled`
    return row?.settled
  }
  while (!(await isSettled())) await sleep(5)
}

/** The chain, without what Prisma cannot read. */
export async function allSeals() {
  return db().auditSeal.findMany({ orderBy: { number: 'asc' } })
}
