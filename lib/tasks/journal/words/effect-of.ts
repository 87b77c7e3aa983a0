import { type Change, isSame } from '../change.ts'

/** What a change did, in the past tense. */
export type Effect =
  | 'Added'
  | 'Deleted'
  | 'Brought back'
  | 'Completed'
  | 'Reopened'
  | 'Archived'
  | 'Renamed'
  | 'Moved'
  | 'Changed'

const KINDS = { created: 'Added', deleted: 'Deleted', restored: 'Brought back' } as const

export function effectOf(change: Change): Effect {
  if (change.kind !== 'changed') return KINDS[change.kind]
  const fields = changedFields(change)
  const [field] = fields
  if (fields.length !== 1 || field === undefined) return 'Changed'
  const isSet = Boolean(change.after?.[field])
  if (field === 'completedAt') return isSet ? 'Completed' : 'Reopened'
  if (field === 'archivedAt') return isSet ? 'Archived' : 'Brought back'
  if (field === 'title' || field === 'name') return 'Renamed'
  return field === 'listId' || field === 'position' ? 'Moved' : 'Changed'
}

/** Parts of a repetition that a user does not set, or that its text contains. */
const IMPLIED = ['repeatFrom', 'repeatAnchor', 'seriesId']

/** The fields whose values differ. A due date is recorded with all its parts. */
export function changedFields({ before, after }: Pick<Change, 'before' | 'after'>): string[] {
  const hasChanged = (field: string) => !isSame(before?.[field], after?.[field])
  const fields = Object.keys(after ?? {}).filter(
    (field) =>
      !IMPLIED.includes(field) && (hasChanged(field) || (field === 'repeatRule' && hasChanged('repeatFrom'))),
  )
  // A task has a place of its own in each list.
  return fields.length > 1 ? fields.filter((field) => field !== 'position') : fields
}
