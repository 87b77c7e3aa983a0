import type { Socket } from 'node:net'
import type { Client, Pool } from 'pg'
import type { PrismaClient } from './generated/client.ts'

/** A lasting connection to an embedded server, and its socket, which does not keep the process alive. */
type Lease = { client: Client; socket: Socket }

/** What one process holds, once, however many bundles hold a copy of these modules. */
type DatabaseState = {
  embeddedUrl: string | null
  client: { url: string; prisma: PrismaClient; pool: Pool } | null
  /** All migrations were seen applied. */
  migrated: boolean
  /** Ready for requests as far as is known: false from the start, and while the database is away. */
  usable: boolean
  /** Hears when the database is found to be away, and why, and when it is back (null). */
  tell: (cause: string | null) => void
  /** What it heard last. */
  toldAway: boolean
  /** An outage is being watched for its end. */
  watchingOutage: boolean
  /** The connections that tell embedded servers that somebody uses them, by the server's folder. */
  leases: Map<string, Lease>
}

const KEY = Symbol.for('taskward.database')
const holder = globalThis as typeof globalThis & { [KEY]?: DatabaseState }

export function databaseState(): DatabaseState {
  holder[KEY] ??= {
    embeddedUrl: null,
    client: null,
    migrated: false,
    usable: false,
    tell: () => {},
    toldAway: false,
    watchingOutage: false,
    leases: new Map(),
  }
  return holder[KEY]
}

/** Notes that requests find the database usable (null), or why they do not, and tells of a change. */
export function noteUsable(cause: string | null): void {
  const state = databaseState()
  state.usable = cause === null
  if (state.usable !== state.toldAway) return
  state.toldAway = !state.usable
  state.tell(cause)
}

/** The name under which this process's connections stand in pg_stat_activity. */
export function applicationName(): string {
  return `taskward ${process.pid}`
}
