import type pg from 'pg'
import { connectForCheck, type UrlVariable } from './connect-for-check.ts'

const ROUNDS = 10

const REMEDY: Record<UrlVariable, string> = {
  DATABASE_URL:
    'set DATABASE_DIRECT_URL to a connection without it (docs/operations/database.md), or pool_mode = session for its database.',
  DATABASE_DIRECT_URL: 'name the PostgreSQL server itself.',
}

/** Throws if a pooler shares sessions or refuses a parameter: `SET` and the lock of migrations need sessions (decision 0035). */
export async function refuseSharedSessions(url: string, variable: UrlVariable): Promise<void> {
  const clients: pg.Client[] = []
  try {
    const one = await connectForCheck(url, variable)
    clients.push(one)
    const other = await connectForCheck(url, variable)
    clients.push(other)
    if (!(await shareSession(one, other))) return
    throw new Error(`${variable} leads to a pooler in transaction or statement mode: ${REMEDY[variable]}`)
  } finally {
    await Promise.allSettled(clients.map((client) => client.end()))
  }
}

/** A pooler that shares sessions mixes server processes, at random under other traffic: hence several rounds. */
async function shareSession(one: pg.Client, other: pg.Client): Promise<boolean> {
  const [first, second] = [await processOf(one), await processOf(other)]
  for (let round = 0; round < ROUNDS; round++) {
    const isKept =
      (await processOf(one)) === first &&
      (await processOf(one)) === first &&
      (await processOf(other)) === second
    if (!isKept) return true
  }
  return first === second
}

async function processOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid
}
