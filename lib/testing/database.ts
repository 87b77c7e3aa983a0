import { db } from '#lib/db/client.ts'

/** Empties every table of this worker's database: for `beforeEach` of tests that write. */
export async function truncateAll(): Promise<void> {
  await db().$transaction(async (tx) => {
    // Past the trigger that keeps auth_events append-only.
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`
    const tables = await tx.$queryRaw<{ name: string }[]>`
      SELECT format('%I', tablename) AS name FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`
    await tx.$executeRawUnsafe(`TRUNCATE ${tables.map((table) => table.name).join(', ')}`)
  })
}
