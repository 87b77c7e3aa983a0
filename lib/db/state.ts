import type { Socket } from 'node:net'
import type { Client, Pool } from 'pg'
import type { PrismaClient } from './generated/client.ts'

/** A lasting connection to an embedded server, and its socket, which does not keep the process alive. */
type Lease = { client: Client; socket: Socket }

/** How requests find the database. Everything but `ok` is answered 503. */
export type DatabaseHealth = 'ok' | 'unreachable' | 'not migrated' | 'read-only' | 'disk full'

/** What a check of the database found. The cause is empty for `ok`. */
export type HealthReport = { health: DatabaseHealth; cause: string }

/** What one process holds, once, however many bundles hold a copy of these modules. */
type DatabaseState = {
  embeddedUrl: string | null
  client: { url: string; prisma: PrismaClient; pool: Pool; checkPool: Pool } | null
  /** All migrations were seen applied. */
  migrated: boolean
  /** As far as this process knows; `unreachable` until the start has opened the database. */
  health: DatabaseHealth
  /** Called when an outage begins, with its cause, and when it ends (null). */
  reportOutage: (cause: string | null) => void
  /** What it was called with last. */
  isOutageReported: boolean
  /** The check of `/api/health`, while it runs. */
  checking: Promise<HealthReport> | null
  /** The check that decides whether an error was an outage, while it runs. */
  confirming: Promise<boolean> | null
  /** The process is closing the database, and starts nothing more with it. */
  closing: boolean
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
    health: 'unreachable',
    reportOutage: () => {},
    isOutageReported: false,
    checking: null,
    confirming: null,
    closing: false,
    leases: new Map(),
  }
  return holder[KEY]
}

/** Whether requests may use the database, as far as this process knows. */
export function isDatabaseUsable(): boolean {
  return databaseState().health === 'ok'
}

/** Records how requests find the database, and reports the beginning and the end of an outage. */
export function recordHealth(health: DatabaseHealth, cause: string): void {
  const state = databaseState()
  state.health = health
  const isUnavailable = health !== 'ok'
  if (isUnavailable === state.isOutageReported) return
  state.isOutageReported = isUnavailable
  state.reportOutage(isUnavailable ? cause : null)
}

/** The name under which this process's connections stand in pg_stat_activity. */
export function applicationName(): string {
  return `taskward ${process.pid}`
}
