import { db, type Tx } from '#lib/db/client.ts'
import { takeLock } from '#lib/db/locks.ts'

/** Counts restores into other clusters, where transaction ids begin anew. A dump contains the column's default. */
export async function currentEra(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ era: string }[]>`
    SELECT pg_get_expr(adbin, adrelid) AS era FROM pg_attrdef
    JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
    WHERE adrelid = 'auth_events'::regclass AND attname = 'era'`
  const era = Number(row?.era)
  if (!Number.isInteger(era)) throw new Error('auth_events.era has no number as its default')
  return era
}

/** Keeps new events from sorting among sealed ones after a restore. Call it before the first event is recorded. */
export async function beginEraIfRestored(): Promise<void> {
  if ((await eraToBegin(db())) === null) return
  await db().$transaction(async (tx) => {
    await takeLock(tx, 'seals')
    const era = await eraToBegin(tx)
    // `era` is a checked number; DDL takes no parameters.
    if (era !== null)
      await tx.$executeRawUnsafe(`ALTER TABLE auth_events ALTER COLUMN era SET DEFAULT ${era}`)
  })
}

/** The era to begin if the last seal or an event is ahead of this cluster's transaction ids; else null. */
async function eraToBegin(tx: Tx): Promise<number | null> {
  const era = await currentEra(tx)
  const [ahead] = await tx.$queryRaw<{ of: number | null }[]>`
    SELECT greatest(
      (SELECT era FROM (SELECT era, to_xid FROM audit_seals ORDER BY number DESC LIMIT 1) AS seal
        WHERE era > ${era} OR era = ${era} AND to_xid > pg_snapshot_xmin(pg_current_snapshot())),
      (SELECT era FROM (SELECT era, xid FROM auth_events WHERE era = ${era} ORDER BY xid DESC LIMIT 1) AS event
        WHERE xid >= pg_snapshot_xmax(pg_current_snapshot()))
    ) AS of`
  return ahead?.of == null ? null : ahead.of + 1
}
