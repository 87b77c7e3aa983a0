import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { hasPgBouncer, type Pooler, startPgBouncer } from '#lib/testing/pgbouncer.ts'
import { createDatabase } from '#lib/testing/postgres-server.ts'
import { isDatabaseUnavailable } from './availability.ts'
import { checkPooler } from './check-pooler.ts'

const server = inject('databaseUrls')[0] ?? ''
const poolers: Pooler[] = []
let directUrl: string

beforeEach(async () => {
  directUrl = await createDatabase(server, `pooled_${crypto.randomUUID()}`)
})

afterEach(async () => {
  for (const pooler of poolers.splice(0)) await pooler.stop()
})

async function startPooler(mode: 'transaction' | 'statement' = 'transaction'): Promise<Pooler> {
  const pooler = await startPgBouncer(directUrl, { serverConnections: 2, mode })
  poolers.push(pooler)
  return pooler
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** The one line that a start prints, or undefined for a start. */
async function refusal(url: string, direct = directUrl): Promise<string | undefined> {
  const error = await checkPooler({ url, directUrl: direct }).then(
    () => undefined,
    (reason: Error) => reason,
  )
  expect(isDatabaseUnavailable(error)).toBe(false)
  expect(error?.message ?? '').not.toContain('\n')
  return error?.message
}

async function setDefaults(url: string): Promise<void> {
  const [, commands = ''] = /run (.*;) Then/.exec((await refusal(url)) ?? '') ?? []
  await run(directUrl, commands)
}

describe.runIf(hasPgBouncer())('with PgBouncer', () => {
  test('accepts transaction mode once the commands of its refusal were run and the pooler has reconnected', async () => {
    const { url, consoleUrl } = await startPooler()
    const before = await refusal(url)
    for (const name of ['TimeZone', 'statement_timeout', 'lock_timeout']) {
      expect(before).toContain(` SET ${name} = '`)
    }
    expect(before).toContain(`SET idle_in_transaction_session_timeout = '10s';`)
    await setDefaults(url)
    // The sessions of before are still open.
    expect(await refusal(url)).toBe(before)
    await run(consoleUrl, 'RECONNECT')
    await expect.poll(() => refusal(url)).toBeUndefined()
  })

  test('refuses sessions in which another program has changed a setting', async () => {
    const { url, consoleUrl } = await startPooler()
    await setDefaults(url)
    await run(consoleUrl, 'RECONNECT')
    await expect.poll(() => refusal(url)).toBeUndefined()
    await run(url, `SET statement_timeout = '1min'`)
    expect(await refusal(url)).toMatch(
      /run ALTER ROLE \S+ IN DATABASE \S+ SET statement_timeout = '10s'; Then/,
    )
  })

  test('refuses a direct connection to another database', async () => {
    const { url, consoleUrl } = await startPooler()
    await setDefaults(url)
    await run(consoleUrl, 'RECONNECT')
    await expect.poll(() => refusal(url, server)).toMatch(/^DATABASE_DIRECT_URL leads to another database/)
  })

  test('refuses statement mode', async () => {
    const { url } = await startPooler('statement')
    expect(await refusal(url)).toMatch(/^DATABASE_URL leads to a pooler in statement mode/)
  })
})
