import pg from 'pg'

/** For preparations. A connection that breaks while the server stops is no error. */
export function openPool(url: string): pg.Pool {
  return new pg.Pool({ connectionString: url, max: 2 }).on('error', () => {})
}
