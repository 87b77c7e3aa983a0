import type { ClientBase } from 'pg'
import { isDatabaseUnavailable } from './availability.ts'

/**
 * Needs a megabyte of the disk, and leaves nothing. A row would not do: on a full disk it still fits into a page that
 * exists. A temporary table needs no right that a role does not have by default.
 */
const WRITE = `
  BEGIN;
  CREATE TEMPORARY TABLE taskward_write_test ON COMMIT DROP AS SELECT repeat('x', 1000) FROM generate_series(1, 1000);
  ROLLBACK`

/** Throws if the database takes no writes: it is read-only, or its disk is full. Do not use the connection after that. */
export async function tryToWrite(client: ClientBase): Promise<void> {
  try {
    await client.query(WRITE)
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error
    // The failure of a role without this right proves nothing.
    await client.query('ROLLBACK')
  }
}
