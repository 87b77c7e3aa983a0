import { writeFileSync } from 'node:fs'
import type pg from 'pg'
import { takeConnectionLock } from '../locks.ts'
import { ADMINISTRATOR, clusterFiles, newPassword } from './cluster.ts'
import { asAdministrator, connected, ROLE, readPassword, runningUrl } from './roles.ts'

/** A temporary role that renames the role of earlier versions, which cannot rename itself. */
const HELPER = 'taskward_upgrade'

/** False for a server of an earlier version, where the application's role owns the server. */
export async function isSeparated(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    'SELECT bool_or(rolname = $1 AND rolsuper OR rolname = $2) AS mixed FROM pg_roles',
    [ROLE, HELPER],
  )
  return !rows[0]?.mixed
}

/** Makes the old role the administrator's, and creates the application's. After a crash, the next call completes the rest. */
export async function separateRoles(folder: string): Promise<void> {
  const password = administratorPassword(folder)
  await connected(runningUrl(folder, ROLE), async (client) => {
    await takeConnectionLock(client, 'embeddedRoles')
    const { rows } = await client.query('SELECT rolsuper FROM pg_roles WHERE rolname = $1', [ROLE])
    if (rows[0]?.rolsuper) await changeRoles(client, runningUrl(folder, ROLE) ?? '', password)
    await asAdministrator(folder, 'postgres', (own) => own.query(`DROP ROLE IF EXISTS ${HELPER}`))
  })
}

async function changeRoles(client: pg.Client, roleUrl: string, password: string): Promise<void> {
  const helper = newPassword()
  // Otherwise PostgreSQL logs a failed statement with its password.
  await client.query('SET log_min_error_statement = panic')
  await client.query(`DROP ROLE IF EXISTS ${HELPER}`)
  await client.query(`CREATE ROLE ${HELPER} SUPERUSER LOGIN PASSWORD '${helper}'`)
  const url = new URL(roleUrl)
  const { password: kept } = url
  Object.assign(url, { username: HELPER, password: helper })
  await connected(url.href, (renaming) => rename(renaming, kept, password))
}

/** Writes the file before the change, so that a crash between the two loses no password. */
function administratorPassword(folder: string): string {
  const file = clusterFiles(folder).administratorPassword
  try {
    writeFileSync(file, newPassword(), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readPassword(file) ?? ''
}

async function rename(client: pg.Client, kept: string, password: string): Promise<void> {
  const literal = (text: string) => client.escapeLiteral(text)
  await client.query('SET log_min_error_statement = panic')
  await client.query(`
    BEGIN;
    SET LOCAL lock_timeout = '10s';
    ALTER ROLE ${ROLE} RENAME TO ${ADMINISTRATOR};
    ALTER ROLE ${ADMINISTRATOR} PASSWORD ${literal(password)};
    CREATE ROLE ${ROLE} LOGIN PASSWORD ${literal(kept)};
    ${GIVE_EVERYTHING};
    COMMIT`)
}

/** REASSIGN OWNED would fail, because the role also owns system objects. Rights follow the ownership. */
const GIVE_EVERYTHING = `
  DO $$
  DECLARE
    given text;
  BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO ${ROLE}', current_database());
    FOR given IN
      WITH spaces AS (
        SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      ), foreign_objects AS (
        -- Those of extensions, and sequences that go with their tables.
        SELECT classid, objid FROM pg_depend
        WHERE deptype = 'e' OR classid = 'pg_class'::regclass AND deptype IN ('a', 'i')
          AND (SELECT relkind FROM pg_class WHERE oid = objid) = 'S'
      )
      SELECT format('SCHEMA %I', nspname) FROM pg_namespace
      WHERE oid IN (SELECT oid FROM spaces) AND nspowner = '${ADMINISTRATOR}'::regrole
      UNION ALL
      SELECT format('TABLE %s', oid::regclass) FROM pg_class
      WHERE relnamespace IN (SELECT oid FROM spaces) AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        AND relowner = '${ADMINISTRATOR}'::regrole
        AND NOT EXISTS (SELECT FROM foreign_objects WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid)
      UNION ALL
      SELECT format('TYPE %s', oid::regtype) FROM pg_type
      WHERE typnamespace IN (SELECT oid FROM spaces) AND typowner = '${ADMINISTRATOR}'::regrole
        AND (typtype IN ('e', 'd', 'r')
             OR typtype = 'c' AND (SELECT relkind FROM pg_class WHERE oid = typrelid) = 'c')
        AND NOT EXISTS (SELECT FROM foreign_objects WHERE classid = 'pg_type'::regclass AND objid = pg_type.oid)
      UNION ALL
      SELECT format('ROUTINE %s', oid::regprocedure) FROM pg_proc
      WHERE pronamespace IN (SELECT oid FROM spaces) AND proowner = '${ADMINISTRATOR}'::regrole
        AND NOT EXISTS (SELECT FROM foreign_objects WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid)
    LOOP
      EXECUTE format('ALTER %s OWNER TO ${ROLE}', given);
    END LOOP;
  END
  $$`
