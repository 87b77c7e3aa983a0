import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQueryable } from '@prisma/driver-adapter-utils'
import { nodeEnv } from '#lib/env/node.ts'
import { withSpan } from '#lib/trace.ts'

/** The span holds the SQL verb alone, because the text may hold values. */
export function withStatementSpan<T>(sql: string, run: () => Promise<T>): Promise<T> {
  // A span without a collector costs as much as reading the answer of a small statement.
  if (!nodeEnv().otlpEndpoint) return run()
  const verb = /\w+/.exec(sql)?.[0].toUpperCase() ?? ''
  return withSpan('database', { 'db.system.name': 'postgresql', 'db.operation.name': verb }, run)
}

/** Adds a span to each statement. */
export function traced(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => tracedConnection(await factory.connect()),
  }
}

function tracedConnection(connection: SqlDriverAdapter): SqlDriverAdapter {
  const startTransaction = connection.startTransaction.bind(connection)
  connection.startTransaction = async (level) => tracedStatements(await startTransaction(level))
  return tracedStatements(connection)
}

function tracedStatements<Q extends SqlQueryable>(queryable: Q): Q {
  const queryRaw = queryable.queryRaw.bind(queryable)
  const executeRaw = queryable.executeRaw.bind(queryable)
  queryable.queryRaw = (query) => withStatementSpan(query.sql, () => queryRaw(query))
  queryable.executeRaw = (query) => withStatementSpan(query.sql, () => executeRaw(query))
  return queryable
}
