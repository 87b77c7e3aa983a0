import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { setTimesWithoutLimits } from '../session-settings.ts'

/** For @prisma/adapter-pg 7.10. `close` ends its connections and drops its temporary databases. */
export function schemaEngineAdapters(url: string) {
  const closing: (() => Promise<unknown>)[] = []

  async function connectTo(database: string) {
    const pool = new pg.Pool({
      connectionString: database,
      connectionTimeoutMillis: 3000,
      onConnect: setTimesWithoutLimits,
    })
    const adapter = await connectWithChar(pool)
    // The adapter splits at every semicolon, even within functions. One message is one transaction.
    adapter.executeScript = async (script) => {
      await pool.query(script).catch(throwToEngine)
    }
    adapter.dispose = async () => {}
    closing.unshift(() => pool.end())
    return adapter
  }

  async function connectToScratch() {
    // The adapter would connect to the main database, because a connection string overrides its option.
    const name = `taskward_scratch_${randomUUID()}`
    const main = await connectTo(url)
    await main.executeScript(`CREATE DATABASE "${name}"`)
    const pools = closing.splice(0)
    closing.push(() => main.executeScript(`DROP DATABASE "${name}"`), ...pools)
    const scratch = new URL(url)
    scratch.pathname = `/${name}`
    return connectTo(scratch.href)
  }

  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connectTo(url),
    connectToShadowDb: connectToScratch,
  }
  return {
    factory,
    async close() {
      for (const end of closing) await end()
    },
  }
}

function throwToEngine(error: unknown): never {
  if (!(error instanceof pg.DatabaseError)) throw error
  const { code = '', severity = '', message, detail, column, hint } = error
  throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint })
}

/** The adapter does not know the one-byte type "char" of catalogue columns: it gets text, and the engine gets their type. */
async function connectWithChar(pool: pg.Pool) {
  const charColumns = new WeakMap<object, number[]>()
  pool.query = new Proxy(pool.query, {
    async apply(query, self, args) {
      const result: pg.QueryResult = await Reflect.apply(query, self, args)
      for (const [index, field] of (result.fields ?? []).entries()) {
        if (field.dataTypeID !== pg.types.builtins.CHAR) continue
        field.dataTypeID = pg.types.builtins.TEXT
        charColumns.set(result.rows, [...(charColumns.get(result.rows) ?? []), index])
      }
      return result
    },
  })
  const adapter = await new PrismaPg(pool).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const index of charColumns.get(result.rows) ?? []) {
      result.columnTypes[index] = ColumnTypeEnum.Character
    }
    return result
  }
  return adapter
}
