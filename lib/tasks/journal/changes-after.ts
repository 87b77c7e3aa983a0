import { preparedRead } from '#lib/db/prepared-statement.ts'
import type { Change } from './change.ts'

/** How far one reader of an account's changes has read. */
export type Position = { userId: string; seq: number }

/** From one position. More are a matter of the next read. */
export const CHANGES_PER_READ = 50

const readChanges = preparedRead<Change & { position: number }>(`
  SELECT wanted.position::int, seq::float8, batch_id AS "batchId", kind::text, task_id AS "taskId", list_id AS "listId",
         before, after, undoes, created_at AS "createdAt"
  FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS wanted (user_id, after_seq, position)
  CROSS JOIN LATERAL (
    SELECT * FROM changes WHERE changes.user_id = wanted.user_id AND changes.seq > wanted.after_seq
    ORDER BY changes.seq LIMIT ${CHANGES_PER_READ}
  ) AS changes
  ORDER BY wanted.position, seq`)

/** The next changes after each position, oldest first, in the order of the positions. One query for all accounts. */
export async function changesAfter(positions: Position[]): Promise<Change[][]> {
  const rows = await readChanges(...toColumns(positions))
  const changes: Change[][] = positions.map(() => [])
  for (const { position, ...change } of rows) changes[position - 1]?.push(change)
  return changes
}

const readBehind = preparedRead<{ position: number }>(`
  SELECT wanted.position::int
  FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS wanted (user_id, after_seq, position)
  JOIN task_counters ON task_counters.user_id = wanted.user_id AND task_counters.seq > wanted.after_seq`)

/** The indexes of the positions that have changes after them. */
export async function findBehind(positions: Position[]): Promise<number[]> {
  const rows = await readBehind(...toColumns(positions))
  return rows.map(({ position }) => position - 1)
}

function toColumns(positions: Position[]): [string[], number[]] {
  return [positions.map(({ userId }) => userId), positions.map(({ seq }) => seq)]
}
