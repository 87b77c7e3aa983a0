import pg from 'pg'

/** PgBouncer's error. */
const UNSUPPORTED = /^unsupported startup parameter(?: in options)?: (\S+)/

export type UrlVariable = 'DATABASE_URL' | 'DATABASE_DIRECT_URL'

/** A connection for the checks of a start. Throws one line for a startup parameter that a pooler refuses. */
export async function connectForCheck(url: string, variable: UrlVariable): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000, query_timeout: 3000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    const parameter = error instanceof Error && UNSUPPORTED.exec(error.message)?.[1]
    if (!parameter) throw error
    throw new Error(
      `${variable} leads to a pooler that refuses the startup parameter ${parameter}: remove it from ${variable} (or PGOPTIONS), or allow it in the pooler's ignore_startup_parameters.`,
    )
  }
}
