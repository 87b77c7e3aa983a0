import { parseCursor } from '#lib/page.ts'
import { plainText } from '#lib/text-schema.ts'

const MAX_SEARCH_LENGTH = 254
const searchSchema = plainText(MAX_SEARCH_LENGTH)

type UserQuery = { search?: string | undefined; cursor?: string | undefined }

/** Ignores invalid parameters. */
export function readUserQuery(params: Record<string, string | string[] | undefined>): UserQuery {
  return {
    search: searchSchema.safeParse(params.search).data || undefined,
    cursor: parseCursor(params.cursor),
  }
}

export function usersPath({ search, cursor }: UserQuery): string {
  const query = new URLSearchParams({ ...(search && { search }), ...(cursor && { cursor }) })
  return query.size > 0 ? `/admin/users?${query}` : '/admin/users'
}
