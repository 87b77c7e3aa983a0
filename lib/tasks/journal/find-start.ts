import type { Actor } from '#lib/actor.ts'
import { preparedRead } from '#lib/db/prepared-statement.ts'

type Ends = { last: number; hasNext: boolean }

const readEnds = preparedRead<Ends>(`
  SELECT seq::float8 AS last, EXISTS (SELECT 1 FROM changes WHERE user_id = $1::uuid AND seq > $2::bigint) AS "hasNext"
  FROM task_counters WHERE user_id = $1::uuid`)

type Start = {
  /** Of the last change before the stream. */
  seq: number
  /** Changes after `since` are no longer kept, or the database was restored from a backup. */
  isGap: boolean
}

/** Where a stream of the actor's changes begins: after `since`, or now. */
export async function findStart({ userId }: Actor, since: number | undefined): Promise<Start> {
  const [{ last, hasNext } = { last: 0, hasNext: false }] = await readEnds(userId, since ?? 0)
  if (since === undefined || since === last) return { seq: last, isGap: false }
  return since < last && hasNext ? { seq: since, isGap: false } : { seq: last, isGap: true }
}
