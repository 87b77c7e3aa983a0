import { z } from 'zod'
import { pagingSchema } from '#lib/page.ts'
import { day, label } from '#lib/tasks/body-schema.ts'
import { type Cursor, parseCursor } from '#lib/tasks/query/cursor.ts'
import { ORDERS } from '#lib/tasks/query/orders.ts'
import { VIEWS } from '#lib/tasks/query/task-filter.ts'
import { plainText } from '#lib/text-schema.ts'

const cursorIssue = 'must be the next_cursor of an earlier answer in the same order'

/** The parameters of a list of tasks. Without any but `limit` and a bare id, `filter` is null: the plain list. */
export const taskQuerySchema = z
  .object({
    limit: pagingSchema.shape.limit,
    cursor: z.string().transform(toCursor).optional(),
    view: z.enum(VIEWS, `must be one of ${VIEWS.join(', ')}`).optional(),
    list_id: z.uuid('must be the id of a list').optional(),
    label: label.optional(),
    priority: z.enum(['0', '1', '2', '3'], 'must be from 0 to 3').transform(Number).optional(),
    is_completed: z.enum(['true', 'false'], 'must be true or false').optional(),
    due_before: day.optional(),
    due_after: day.optional(),
    q: plainText(200).min(1, 'must not be empty').optional(),
    order: z.enum(ORDERS, `must be one of ${ORDERS.join(', ')}`).optional(),
  })
  .transform(
    ({ limit, cursor, order: chosen, list_id, due_before, due_after, is_completed, ...rest }, context) => {
      const order = chosen ?? (rest.view === 'done' ? 'completed' : 'created')
      if (cursor && cursor.order !== order) {
        context.addIssue({ code: 'custom', path: ['cursor'], message: cursorIssue })
        return z.NEVER
      }
      const isCompleted = is_completed === undefined ? undefined : is_completed === 'true'
      const filter = { ...rest, isCompleted, listId: list_id, dueBefore: due_before, dueAfter: due_after }
      const isPlain = order === 'created' && Object.values(filter).every((value) => value === undefined)
      return { limit, cursor, order, filter: isPlain ? null : filter }
    },
  )

export type TaskQuery = z.output<typeof taskQuerySchema>

function toCursor(text: string, context: z.RefinementCtx): Cursor {
  const cursor = parseCursor(text)
  if (cursor) return cursor
  context.addIssue({ code: 'custom', message: cursorIssue })
  return z.NEVER
}
