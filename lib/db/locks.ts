import type { ClientBase } from 'pg'
import type { Tx } from './client.ts'

/** The numbers of PostgreSQL's advisory locks. All processes that use one database must agree on them. */
export const LOCKS = {
  seals: 5_306_880,
  migrations: 7_270_241,
  housekeeping: 7_415_001,
  lastAdministrator: 7_415_002,
  watch: 7_415_003,
  embeddedRoles: 7_415_006,
} as const

type LockName = keyof typeof LOCKS

/** Takes the lock until the transaction ends, or returns false while another one holds it. */
export async function tryLock(tx: Tx, name: LockName): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(${LOCKS[name]}) AS taken`
  return row?.taken ?? false
}

/** Waits for the lock and holds it until the transaction ends. */
export async function takeLock(tx: Tx, name: LockName): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS[name]})`
}

/** Waits for the lock and holds it until the connection ends, so that a process that dies releases it. */
export async function takeConnectionLock(client: Pick<ClientBase, 'query'>, name: LockName): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [LOCKS[name]])
}
