import type { ClientBase } from 'pg'
import { isDatabaseUnavailable } from './availability.ts'

/** Needs a megabyte, because a row may still fit into an existing page of a full disk. Roles may create temporary tables. */
const WRITE = `
  BEGIN;
  CREATE TEMPORARY TABLE taskward_write_test ON COMMIT DROP AS SELECT repeat('x', 1000) FROM generate_series(1, 1000);
  ROLLBACK`

/** Throws if the database is read-only or its disk is full. The connection is unusable after that. */
export async function tryToWrite(client: ClientBase): Promise<void> {
  try {
    await client.query(WRITE)
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    // The role may not create temporary tables.
    await client.query('ROLLBACK')
  }
}
