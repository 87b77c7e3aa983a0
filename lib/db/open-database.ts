import { setTimeout as sleep } from 'node:timers/promises'
import { nodeEnv } from '#lib/env/node.ts'
import { isDatabaseUnavailable, sqlStateOf } from './availability.ts'
import { checkPooler } from './check-pooler.ts'
import { closeDb, databaseUrl } from './client.ts'
import { holdsLease, startEmbedded, stopEmbeddedIfUnused } from './embedded/embedded.ts'
import { reportOf } from './health.ts'
import { migrate } from './migrations/migrate.ts'
import { refuseSharedSessions } from './refuse-shared-sessions.ts'
import { databaseState, recordHealth } from './state.ts'

const RETRY_MS = 1000
/** SQLSTATE: wrong user or password, no such database. Waiting does not mend that. */
const REFUSED_STATES = /^(28000|28P01|3D000)$/

/** Retries an unavailable remote database. `onFatal` gets a later failure. Throws if a retry cannot succeed. */
export async function openDatabase(
  check: () => Promise<void>,
  onFatal: (error: unknown) => void,
): Promise<void> {
  if (!nodeEnv().databaseUrl) {
    databaseState().embeddedUrl = await startEmbedded()
    keepEmbeddedRunning(onFatal)
  }
  if (await isReady(check)) return
  void retry(check).catch(onFatal)
}

/** Disconnects. The last process that disconnects stops the embedded server. */
export async function closeDatabase(): Promise<void> {
  databaseState().closing = true
  await closeDb()
  if (databaseState().embeddedUrl) await stopEmbeddedIfUnused()
}

async function isReady(check: () => Promise<void>): Promise<boolean> {
  try {
    await checkConnections()
    await migrate(nodeEnv().databaseDirectUrl ?? databaseUrl() ?? '')
    databaseState().migrated = true
    await check()
    recordHealth('ok', '')
    return true
  } catch (error) {
    if (REFUSED_STATES.test(sqlStateOf(error))) {
      throw new Error(
        'DATABASE_URL is refused by its server: check the user, the password and the database name, and sslmode if the server asks for TLS.',
      )
    }
    if (!isDatabaseUnavailable(error)) throw error
    const { health, cause } = reportOf(error)
    recordHealth(health, cause)
    return false
  }
}

/** The embedded server has no pooler. */
async function checkConnections(): Promise<void> {
  const { databaseUrl: url, databaseDirectUrl: directUrl } = nodeEnv()
  if (!url) return
  if (!directUrl) return refuseSharedSessions(url, 'DATABASE_URL')
  await refuseSharedSessions(directUrl, 'DATABASE_DIRECT_URL')
  await checkPooler({ url, directUrl })
}

async function retry(check: () => Promise<void>): Promise<void> {
  do await sleep(RETRY_MS, undefined, { ref: false })
  while (!databaseState().closing && !(await isReady(check)))
}

function keepEmbeddedRunning(onFatal: (error: unknown) => void): void {
  const watch = async () => {
    const state = databaseState()
    while (!state.closing) {
      await sleep(RETRY_MS, undefined, { ref: false })
      if (!state.closing && !holdsLease()) state.embeddedUrl = await startEmbedded()
    }
  }
  void watch().catch(onFatal)
}
