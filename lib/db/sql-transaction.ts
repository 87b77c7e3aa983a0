import type { PoolClient, QueryResult, QueryResultRow } from 'pg'
import { connectedClient } from './client.ts'
import { Prisma } from './generated/client.ts'
import { runPrepared, withoutNamesOnFailure } from './prepared-statement.ts'

/** A transaction for SQL alone. Prisma's transactions are one, too. */
export type SqlTx = {
  $queryRaw<T>(text: TemplateStringsArray, ...values: unknown[]): PromiseLike<T>
  $executeRaw(text: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>
}

/**
 * Runs prepared statements in a transaction, past Prisma (docs/decisions/0037-hot-reads.md). COMMIT is a statement of its
 * own: what waited for a lock while its process was killed must not be committed. The work runs again if the server
 * refused the name of a statement.
 * @param isRefused whether to roll back what the work did before this result
 */
export function sqlTransaction<T>(
  work: (tx: SqlTx) => Promise<T>,
  isRefused: (result: T) => boolean = () => false,
): Promise<T> {
  return withoutNamesOnFailure(async () => {
    const connection = await connectedClient().pool.connect()
    try {
      await connection.query('BEGIN ISOLATION LEVEL READ COMMITTED')
      const result = await work(toTx(connection))
      await connection.query(isRefused(result) ? 'ROLLBACK' : 'COMMIT')
      connection.release()
      return result
    } catch (error) {
      await connection.query('ROLLBACK').then(
        () => connection.release(),
        () => connection.release(true),
      )
      throw error
    }
  })
}

function toTx(connection: PoolClient): SqlTx {
  const run = <Row extends QueryResultRow>(
    text: TemplateStringsArray,
    values: unknown[],
  ): Promise<QueryResult<Row>> => runPrepared<Row>(connection, Prisma.sql(text, ...values))
  return {
    $queryRaw: async <T>(text: TemplateStringsArray, ...values: unknown[]) =>
      (await run(text, values)).rows as T,
    $executeRaw: async (text, ...values) => (await run(text, values)).rowCount ?? 0,
  }
}
