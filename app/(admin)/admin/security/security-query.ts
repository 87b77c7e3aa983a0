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
  confirm: z.string().refine(isResponse).optional().catch(undefined),
  finding: z.uuid().optional().catch(undefined),
})

/**
 * The page's query string: the span of the chart, the cursor of each list, the response just given, and the one to confirm
 * with its finding. Drops invalid values.
 */
export function readSecurityQuery(params: Record<string, string | string[] | undefined>) {
  return schema.parse(params)
}

export type SecurityQuery = Partial<
  Record<'span' | 'open' | 'past' | 'blocks' | 'confirm' | 'finding', string | undefined>
>

export function securityPath(query: SecurityQuery): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return given.length > 0 ? `/admin/security?${new URLSearchParams(given)}` : '/admin/security'
}
