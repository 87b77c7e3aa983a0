import { Prisma } from '#lib/db/generated/client.ts'
import type { SqlTx } from '#lib/db/sql-transaction.ts'

/** In the order of their bytes, which is that of the columns' collation. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Each move to the same place takes a sixth of a digit. */
const MAX_LENGTH = 60

type Place = {
  table: 'task_lists'
  /** Which rows are in one order, as a condition. */
  scope: Prisma.Sql
  /** The row to come after; null for the first place. */
  afterId: string | null
}

/**
 * A position right after another row's, so that a move changes one row (fractional indexing, by David Greenspan:
 * https://observablehq.com/@dgreensp/implementing-fractional-indexing).
 */
export async function findPosition(tx: SqlTx, place: Place): Promise<string> {
  const position = await readPosition(tx, place)
  if (position.length <= MAX_LENGTH) return position
  await renumber(tx, place)
  return readPosition(tx, place)
}

async function readPosition(tx: SqlTx, { table, scope, afterId }: Place): Promise<string> {
  const from = Prisma.sql`${Prisma.raw(table)} WHERE ${scope}`
  const [found] = await tx.$queryRaw<{ low: string | null; high: string | null }[]>`
    WITH low AS (SELECT max(position) AS position FROM ${from} AND id = ${afterId}::uuid)
    SELECT low.position AS low,
           (SELECT min(position) FROM ${from} AND position > coalesce(low.position, '')) AS high FROM low`
  return between(found?.low ?? '', found?.high ?? null)
}

/** Gives all rows short positions in the order that they have. */
async function renumber(tx: SqlTx, { table, scope }: Place): Promise<void> {
  const name = Prisma.raw(table)
  await tx.$executeRaw`
    UPDATE ${name} SET position = numbered.position
    FROM (
      SELECT id, lpad(to_hex(row_number() OVER (ORDER BY position, id)), 6, '0') || 'V' AS position
      FROM ${name} WHERE ${scope}
    ) AS numbered WHERE ${name}.id = numbered.id`
}

/** A text between two others in the order of bytes. None of them ends with the first digit. `high` null is the end. */
export function between(low: string, high: string | null): string {
  if (high !== null) {
    let shared = 0
    while ((low[shared] ?? '0') === high[shared]) shared++
    if (shared > 0) return high.slice(0, shared) + between(low.slice(shared), high.slice(shared))
  }
  const first = low ? DIGITS.indexOf(low.charAt(0)) : 0
  const last = high === null ? DIGITS.length : DIGITS.indexOf(high.charAt(0))
  if (last - first > 1) return DIGITS.charAt(Math.round((first + last) / 2))
  if (high !== null && high.length > 1) return high.charAt(0)
  return DIGITS.charAt(first) + between(low.slice(1), null)
}
