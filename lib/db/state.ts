import type { Socket } from 'node:net'
import type { Client, Pool } from 'pg'
import type { PrismaClient } from './generated/client.ts'

/** A connection that marks an embedded server as in use. */
type Lease = { client: Client; socket: Socket }

/** Requests get 503 for everything but `ok`. */
export type DatabaseHealth =
  | 'ok'
  | 'unreachable'
  | 'not migrated'
  | 'read-only'
  | 'disk full'
  | 'wrong settings'

/** `cause` is empty for `ok`. */
export type HealthReport = { health: DatabaseHealth; cause: string }

type DatabaseClient = {
  url: string
  prisma: PrismaClient
  pool: Pool
  checkPool: Pool
  /** False behind a pooler in transaction mode, which mixes up the names of prepared statements. */
  namesStatements: boolean
}

/** Shared by all bundles of one process, because each may hold a copy of this module. */
type DatabaseState = {
  embeddedUrl: string | null
  client: DatabaseClient | null
  migrated: boolean
  health: DatabaseHealth
  /** Called with the cause when an outage begins, and with null when it ends. */
  reportOutage: (cause: string | null) => void
  isOutageReported: boolean
  /** The running check of `/api/health`. */
  checking: Promise<HealthReport> | null
  /** The running check that decides whether an error means an outage. */
  confirming: Promise<boolean> | null
  closing: boolean
  /** By the embedded server's folder. */
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

export function isDatabaseUsable(): boolean {
  return databaseState().health === 'ok'
}

/** Also reports the beginning and the end of an outage. */
export function recordHealth(health: DatabaseHealth, cause: string): void {
  const state = databaseState()
  state.health = health
  const isUnavailable = health !== 'ok'
  if (isUnavailable === state.isOutageReported) return
  state.isOutageReported = isUnavailable
  state.reportOutage(isUnavailable ? cause : null)
}

/** Identifies this process in pg_stat_activity. */
export function applicationName(): string {
  return `taskward ${process.pid}`
}
