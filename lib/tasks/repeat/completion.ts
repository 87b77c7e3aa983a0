import type { Change } from '../journal/change.ts'
import type { StoredTask } from '../task.ts'

type Recorded = Pick<Change, 'before' | 'after'>

/** Names the completion of a repeating task that a change makes or takes back; null for any other change. */
export function completionOf({ before, after }: Recorded, { seriesId }: StoredTask): string | null {
  const at = before && after && (after.completedAt ?? before.completedAt)
  return seriesId && typeof at === 'string' ? nameOf(seriesId, new Date(at)) : null
}

/** Names the completion that made the task, if a change brings or removes the whole task. */
export function originOf({ before, after }: Recorded, { seriesId, createdAt }: StoredTask): string | null {
  const isWhole = before === null || after === null
  return seriesId && isWhole ? nameOf(seriesId, createdAt) : null
}

/** A completion and the successor that it makes have the time of their batch. */
function nameOf(seriesId: string, at: Date): string {
  return `${seriesId} ${at.toISOString()}`
}
