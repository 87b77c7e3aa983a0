import { type Change, isSame, type JournalRow, type RecordedFields, revive, withWholeDue } from './change.ts'
import { isLiveList } from './is-live-list.ts'
import { hasTasks } from './move-tasks.ts'
import type { PendingRows } from './pending-rows.ts'
import type { TaskWriter } from './write-tasks.ts'

export type SkipReason =
  /** These fields have other values by now, or the whole was deleted or restored. */
  | 'changed_since'
  /** The list that the task was in is deleted. */
  | 'list_deleted'
  /** The list that would go has tasks. */
  | 'list_in_use'
  /** The row is gone for good. */
  | 'purged'

export type UndoneChange = {
  isChanged: boolean
  skipped: { reason: SkipReason; fields: string[] }[]
}

/** Undoes one change of a task or a list, as far as nothing of it has changed since. */
export async function undoChange(writer: TaskWriter, change: Change): Promise<UndoneChange> {
  const { taskId, listId } = change
  return taskId
    ? undoRow(writer, writer.tasks, { ...change, id: taskId })
    : undoRow(writer, writer.lists, { ...change, id: listId ?? '' })
}

async function undoRow<Row extends JournalRow>(
  writer: TaskWriter,
  rows: PendingRows<Row>,
  { id, listId, before, after }: Change & { id: string },
): Promise<UndoneChange> {
  const row = await rows.find(id)
  if (!row) return skip('purged')
  if ((row.deletedAt === null) !== (after !== null)) return skip('changed_since')
  const present = { ...row } as Record<string, unknown>
  const changedSince = withWholeDue(
    Object.keys(after ?? {}),
    (field) => !isSame(present[field], after?.[field]),
  )
  if (!before) {
    const edited = changedSince.filter((field) => field !== 'position')
    if (edited.length > 0) return skip('changed_since', edited)
    if (listId && (await hasTasks(writer, listId))) return skip('list_in_use')
    return { isChanged: rows.change(row, toRow({ deletedAt: writer.batch.now })) !== row, skipped: [] }
  }
  const unchanged = Object.entries(before).filter(([field]) => !changedSince.includes(field))
  const back: RecordedFields = Object.fromEntries(unchanged)
  const skipped: UndoneChange['skipped'] =
    changedSince.length > 0 ? [{ reason: 'changed_since', fields: changedSince }] : []
  if (!(await isLiveList(writer, back.listId))) {
    // A task that comes back without its list goes to the Inbox.
    if (after) delete back.listId
    else back.listId = null
    skipped.push({ reason: 'list_deleted', fields: ['listId'] })
  }
  const changes = toRow<Row>({ ...revive(back), ...(!after && { deletedAt: null }) })
  return { isChanged: rows.change(row, changes) !== row, skipped }
}

export function skip(reason: SkipReason, fields: string[] = []): UndoneChange {
  return { isChanged: false, skipped: [{ reason, fields }] }
}

/** The journal has recorded these fields from such a row. */
function toRow<Row extends JournalRow>(fields: object): Partial<Row> {
  return fields as Partial<Row>
}
