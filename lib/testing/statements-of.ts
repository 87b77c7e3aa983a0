import pg from 'pg'
import { vi } from 'vitest'

/** The SQL that the work sends to the database. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  await work()
  const statements = query.mock.calls.map(([sent]: unknown[]) =>
    typeof sent === 'string' ? sent : String((sent as { text: unknown }).text),
  )
  query.mockRestore()
  return statements
}
