import { createHash } from 'node:crypto'
import type { ClientBase, Pool, QueryResult, QueryResultRow } from 'pg'
import { sqlStateOf } from './availability.ts'
import { connectedClient } from './client.ts'
import { withStatementSpan } from './traced.ts'

/** SQLSTATEs: no such statement, one of that name exists, or a migration has changed the type of a column. */
const UNUSABLE = /^(26000|42P05|0A000)$/

const names = new Map<string, string>()

export type Statement = { text: string; values: unknown[] }

export type SqlValue = string | number | Date | null | readonly string[] | readonly number[]

/**
 * For statements that requests run all the time: PostgreSQL parses them once per connection, and Prisma is passed by
 * (docs/decisions/0037-hot-reads.md). Behind a pooler that shares sessions, statements have no names.
 */
export function runPrepared<Row extends QueryResultRow>(
  target: Pool | ClientBase,
  { text, values }: Statement,
): Promise<QueryResult<Row>> {
  const name = connectedClient().namesStatements ? { name: nameOf(text) } : {}
  return withStatementSpan(text, () => target.query<Row>({ ...name, text, values }))
}

/** Runs the work again, without names, if the server refused one. */
export async function withoutNamesOnFailure<T>(work: () => Promise<T>): Promise<T> {
  const client = connectedClient()
  const hadNames = client.namesStatements
  try {
    return await work()
  } catch (error) {
    if (!hadNames || !UNUSABLE.test(sqlStateOf(error))) throw error
    client.namesStatements = false
    return work()
  }
}

export function preparedRead<Row extends QueryResultRow>(
  text: string,
): (...values: SqlValue[]) => Promise<Row[]> {
  return (...values) =>
    withoutNamesOnFailure(async () => (await runPrepared<Row>(connectedClient().pool, { text, values })).rows)
}

/** For a read with many forms and values: PostgreSQL plans it for its values each time. It passes by Prisma, too. */
export async function readPlanned<Row extends QueryResultRow>({ text, values }: Statement): Promise<Row[]> {
  const { pool } = connectedClient()
  return (await withStatementSpan(text, () => pool.query<Row>({ text, values }))).rows
}

/** Other versions of this application may share a session: the same name has to mean the same text. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const name = `taskward_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
  names.set(text, name)
  return name
}
