import { z } from 'zod'

const MAX_LIMIT = 200
const limitIssue = `must be a whole number from 1 to ${MAX_LIMIT}`

export const PAGE_SIZE = 50

export type PageRequest = { limit?: number | undefined; cursor?: string | undefined }

export const pagingSchema = z.object({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, limitIssue)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MAX_LIMIT, limitIssue)
    .optional(),
  cursor: z.uuid('must be the next_cursor of an earlier answer').optional(),
})

/** Anything but one UUID counts as the first page. */
export function parseCursor(parameter: unknown): string | undefined {
  return pagingSchema.shape.cursor.safeParse(parameter).data
}

/** Anything but one number from 1 to 200 counts as none. */
export function parseLimit(parameter: unknown): number | undefined {
  return pagingSchema.shape.limit.safeParse(parameter).data
}

/** @param found by a query with `LIMIT limit + 1`: the row beyond the page shows that there is another */
export function cutPage<Row>(
  found: Row[],
  limit: number,
  keyOf: (row: Row) => string,
): { rows: Row[]; nextCursor: string | null } {
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { rows, nextCursor: found.length > limit && last !== undefined ? keyOf(last) : null }
}
