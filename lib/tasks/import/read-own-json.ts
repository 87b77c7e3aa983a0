import { z } from 'zod'
import { err, ok, type Result } from '#lib/result.ts'
import { createListSchema } from '../lists/schema.ts'
import { type FileRefusal, IMPORT_LIMITS } from './errors.ts'
import { earlierOf, readFileTask, time } from './file-task.ts'
import { makeGiveWay } from './give-way.ts'
import type { ImportedList, ReadFile, Reading } from './imported-task.ts'

const listSchema = z.object({
  id: z.string().optional().catch(undefined),
  name: createListSchema.shape.name,
  archived_at: time.catch(null),
})

/**
 * Reads our own JSON: `{lists, tasks}`, also as a part of the download of an account's data, or an array of tasks.
 * @returns `FILE_NOT_JSON`; `FILE_UNKNOWN`; `FILE_WITHOUT_ROWS`; `FILE_TOO_MANY_ROWS`
 */
export async function readOwnJson(text: string, reading: Reading): Promise<Result<ReadFile, FileRefusal>> {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  const { tasks, lists = [] } = toFile(parsed.value)
  if (!Array.isArray(tasks)) return err({ code: 'FILE_UNKNOWN' })
  const known = readLists(lists, reading)
  if (tasks.length > IMPORT_LIMITS.rows || known.length > IMPORT_LIMITS.rows)
    return err({ code: 'FILE_TOO_MANY_ROWS' })
  if (tasks.length + known.length === 0) return err({ code: 'FILE_WITHOUT_ROWS' })
  const names = new Map(known.map(({ id, name }) => [id, name]))
  const file: ReadFile = { format: 'json', tasks: [], lists: known, problems: [] }
  const giveWay = makeGiveWay()
  for (const [index, fields] of tasks.entries()) {
    await giveWay()
    const task = readFileTask(withListName(fields, names), reading)
    if (task.ok) file.tasks.push(task.value)
    else file.problems.push({ row: index + 1, ...task.error })
  }
  return ok(file)
}

function parseJson(text: string): Result<unknown, FileRefusal> {
  try {
    return ok(JSON.parse(text))
  } catch {
    return err({ code: 'FILE_NOT_JSON' })
  }
}

function toFile(value: unknown): { tasks?: unknown; lists?: unknown } {
  if (Array.isArray(value)) return { tasks: value }
  return typeof value === 'object' && value !== null ? value : {}
}

type KnownList = ImportedList & { id: string | undefined }

function readLists(lists: unknown, { now }: Reading): KnownList[] {
  if (!Array.isArray(lists)) return []
  return lists.slice(0, IMPORT_LIMITS.rows + 1).flatMap((list) => {
    const parsed = listSchema.safeParse(list)
    if (!parsed.success) return []
    const { id, name, archived_at } = parsed.data
    return { id, name, archivedAt: archived_at ? earlierOf(archived_at, now) : null }
  })
}

/** The download of an account's data names lists by their ids. */
function withListName(fields: unknown, names: Map<string | undefined, string>): unknown {
  if (typeof fields !== 'object' || fields === null || 'list' in fields || !('list_id' in fields))
    return fields
  const name = typeof fields.list_id === 'string' ? names.get(fields.list_id) : undefined
  return { ...fields, list: name ?? null }
}
