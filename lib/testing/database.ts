import { db } from '#lib/db/client.ts'

/**
 * Empties every table of this worker's database: for `beforeEach` of tests that write. Small tables by DELETE, since
 * TRUNCATE makes new files for each table and index: ten times the work for a handful of rows.
 */
export async function emptyTables(): Promise<void> {
  await db().$executeRaw`
    DO $$
    DECLARE
      relation regclass;
    BEGIN
      -- Past the trigger that keeps auth_events append-only, and past foreign keys.
      SET LOCAL session_replication_role = replica;
      FOR relation IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
      LOOP
        IF pg_relation_size(relation) > 262144 THEN
          EXECUTE format('TRUNCATE %s CASCADE', relation);
        ELSIF pg_relation_size(relation) > 0 THEN
          EXECUTE format('DELETE FROM %s', relation);
        END IF;
      END LOOP;
    END $$`
}
