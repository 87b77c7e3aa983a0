import { isUuid } from '#lib/uuid.ts'
import { type Difference, isSame, type JournalRow } from './change.ts'

/** The rows of one table, with what a verb has changed so far. Nothing of it is written yet. */
export type PendingRows<Row extends JournalRow> = {
  differences: Map<string, Difference<Row>>
  /** The actor's row, deleted or not; null for any other id. */
  find(id: string): Promise<Row | null>
  add(row: Row): void
  /** @returns the row after the change; the same one, with its version, if nothing differs */
  change(row: Row, fields: Partial<Row>): Row
}

export function pendingRows<Row extends JournalRow>(
  read: (id: string) => PromiseLike<Row[]>,
  now: Date,
): PendingRows<Row> {
  const differences = new Map<string, Difference<Row>>()
  return {
    differences,
    find: async (id) => {
      if (!isUuid(id)) return null
      const changed = differences.get(id.toLowerCase())
      if (changed) return changed.after
      const [row] = await read(id)
      return row ?? null
    },
    add: (row) => void differences.set(row.id, { before: null, after: row }),
    change: (row, fields) => {
      if (isSame({ ...row, ...fields }, row)) return row
      const earlier = differences.get(row.id)
      const version = earlier ? row.version : row.version + 1
      const after = { ...row, ...fields, updatedAt: now, version }
      differences.set(row.id, { before: earlier ? earlier.before : row, after })
      return after
    },
  }
}
