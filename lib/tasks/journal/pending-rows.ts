import { isUuid } from '#lib/uuid.ts'
import { type Difference, isSame, type JournalRow } from './change.ts'

/** The rows of one table, with what a verb has changed so far. Nothing of it is written yet. */
export type PendingRows<Row extends JournalRow> = {
  differences: Map<string, Difference<Row>>
  /** The actor's row, deleted or not; null for any other id. Read once: no other request changes it. */
  find(id: string): Promise<Row | null>
  /** Reads many rows in one query, for the `find` of each. */
  load(ids: readonly string[]): Promise<void>
  add(row: Row): void
  /**
   * What the batch has taken back is no difference: a row is as it was before, and a new one has never been.
   * @returns the row after the change; the same one, with its version, if nothing differs
   */
  change(row: Row, fields: Partial<Row>): Row
}

export function pendingRows<Row extends JournalRow>(
  read: (ids: string[]) => PromiseLike<Row[]>,
  now: Date,
): PendingRows<Row> {
  const differences = new Map<string, Difference<Row>>()
  const loaded = new Map<string, Row | null>()
  return {
    differences,
    find: async (id) => {
      if (!isUuid(id)) return null
      const key = id.toLowerCase()
      const known = differences.get(key)?.after ?? loaded.get(key)
      if (known !== undefined) return known
      const [row = null] = await read([id])
      loaded.set(key, row)
      return row
    },
    load: async (ids) => {
      const keys = [...new Set(ids.filter(isUuid).map((id) => id.toLowerCase()))]
      if (keys.length === 0) return
      for (const key of keys) loaded.set(key, null)
      for (const row of await read(keys)) loaded.set(row.id, row)
    },
    add: (row) => void differences.set(row.id, { before: null, after: row }),
    change: (row, fields) => {
      if (isSame({ ...row, ...fields }, row)) return row
      const earlier = differences.get(row.id)
      const before = earlier ? earlier.before : row
      const version = earlier ? row.version : row.version + 1
      const after = { ...row, ...fields, updatedAt: now, version }
      if (before ? isSame({ ...after, ...stampOf(before) }, before) : after.deletedAt) {
        differences.delete(row.id)
        return before ?? after
      }
      differences.set(row.id, { before, after })
      return after
    },
  }
}

function stampOf({ updatedAt, version }: JournalRow): Pick<JournalRow, 'updatedAt' | 'version'> {
  return { updatedAt, version }
}
