import { z } from 'zod'
import { pagingSchema } from '#lib/page.ts'
import { plainText } from '#lib/text-schema.ts'
import { isResponse } from './responses.ts'

const MAX_NETWORK_LENGTH = 64
const cursor = pagingSchema.shape.cursor.catch(undefined)

const schema = z.object({
  span: z.literal('month').optional().catch(undefined),
  open: cursor,
  past: cursor,
  blocks: plainText(MAX_NETWORK_LENGTH).optional().catch(undefined),
  done: z.string().refine(isResponse).optional().catch(undefined),
})

/** The page's query string: the span of the chart, the cursor of each list, and the response just given. Drops invalid values. */
export function readSecurityQuery(params: Record<string, string | string[] | undefined>) {
  return schema.parse(params)
}

export function securityPath(query: {
  span?: 'month'
  open?: string
  past?: string
  blocks?: string
}): string {
  const search = new URLSearchParams(query)
  return search.size > 0 ? `/admin/security?${search}` : '/admin/security'
}
