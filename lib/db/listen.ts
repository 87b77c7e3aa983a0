import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { nodeEnv } from '#lib/env/node.ts'
import { databaseUrl } from './client.ts'
import { applicationName } from './state.ts'

const RETRY_MS = 1000
const CONNECT_MS = 5_000

type Listener = {
  /** Gets null after each connection, because notifications may have been lost before it. */
  onNotification: (payload: string | null) => void
  signal: AbortSignal
}

/** Calls `onNotification` for each NOTIFY of a channel. Holds a connection of its own, until the signal aborts. */
export async function listen(channel: string, { onNotification, signal }: Listener): Promise<void> {
  while (!signal.aborted) {
    await listenUntilLost(channel, { onNotification, signal }).catch(() => {})
    await sleep(RETRY_MS, undefined, { ref: false, signal }).catch(() => {})
  }
}

async function listenUntilLost(channel: string, { onNotification, signal }: Listener): Promise<void> {
  const client = new pg.Client({
    // A pooler in transaction mode would lend the connection to others (docs/decisions/0042-poolers-in-transaction-mode.md).
    connectionString: nodeEnv().databaseDirectUrl ?? databaseUrl() ?? '',
    application_name: applicationName(),
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  })
  const ended = new AbortController()
  const lost = new Promise<void>((resolve) => {
    client.on('error', () => resolve()).on('end', () => resolve())
    signal.addEventListener('abort', () => resolve(), { signal: ended.signal })
  })
  try {
    await client.connect()
    client.on('notification', ({ payload = '' }) => onNotification(payload))
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`)
    onNotification(null)
    await lost
  } finally {
    ended.abort()
    await client.end().catch(() => {})
  }
}
