import type { EventType } from '#lib/audit/events'
import { record } from '#lib/audit/record'
import { db, type Tx } from '#lib/db/client'
import { allEvents, makeClient } from './factories'

/** Changes the audit trail behind the application's back, past its trigger: what whoever owns the database can do. */
export async function tamper(sql: string): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`
    await tx.$executeRawUnsafe(sql)
  })
}

/** Records so many events, one after the other, and returns their ids. */
export async function recordEvents(count: number, tx: Tx = db()): Promise<string[]> {
  const types: EventType[] = ['login', 'logout', 'signup']
  const before = (await allEvents()).length
  for (let i = 0; i < count; i++) {
    await record(tx, { type: types[i % 3] ?? 'login', client: makeClient(), details: { number: before + i } })
  }
  return (await allEvents()).slice(before).map(({ id }) => id)
}

/** The chain, without what Prisma cannot read. */
export async function allSeals() {
  return db().auditSeal.findMany({ orderBy: { number: 'asc' } })
}
