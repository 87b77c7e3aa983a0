import { createHash } from 'node:crypto'
import type { QueryResultRow } from 'pg'
import { sqlStateOf } from './availability.ts'
import { connectedClient } from './client.ts'
import { withStatementSpan } from './traced.ts'

/** SQLSTATEs: no such statement, one of that name exists, or a migration has changed the type of a column. */
const UNUSABLE = /^(26000|42P05|0A000)$/

type Value = string | number | Date | null

/**
 * A SELECT that requests make all the time: PostgreSQL parses it once per connection, and Prisma is passed by
 * (docs/decisions/0037-hot-reads.md). Behind a pooler that shares sessions, statements have no names.
 */
export function preparedRead<Row extends QueryResultRow>(
  text: string,
): (...values: Value[]) => Promise<Row[]> {
  // Other versions of this application may share a session: the same name has to mean the same text.
  const name = `taskward_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
  return async (...values) => {
    const client = connectedClient()
    const read = async (statement: { name?: string }) =>
      (await client.pool.query<Row>({ ...statement, text, values })).rows
    return withStatementSpan(text, async () => {
      if (!client.namesStatements) return read({})
      try {
        return await read({ name })
      } catch (error) {
        if (!UNUSABLE.test(sqlStateOf(error))) throw error
        client.namesStatements = false
        return read({})
      }
    })
  }
}
