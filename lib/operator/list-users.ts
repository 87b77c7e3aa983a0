import type { Operator } from '#lib/actor.ts'
import { normaliseEmail } from '#lib/auth/normalise-email.ts'
import { selectActiveSessions } from '#lib/auth/session/select-sessions.ts'
import { db } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'
import { trimInvisible } from '#lib/visible-text.ts'

export type UserView = {
  id: string
  email: string
  name: string | null
  role: 'user' | 'admin'
  createdAt: Date
  lastLoginAt: Date | null
  disabledAt: Date | null
  passwordChangeRequiredAt: Date | null
  sessionCount: number
}

type UserQuery = PageRequest & {
  /** Part of an e-mail address or a name, in any case. */
  search?: string | undefined
  now: Date
}

export async function listUsers(
  _operator: Operator,
  { search, limit = PAGE_SIZE, cursor, now }: UserQuery,
): Promise<{ users: UserView[]; nextCursor: string | null }> {
  const found = await db().$queryRaw<UserView[]>`
    SELECT page.*, (
      SELECT count(*)::int FROM (${selectActiveSessions(Prisma.sql`page.id`, now)}) AS active
    ) AS "sessionCount"
    FROM (
      SELECT id, email, name, role::text, created_at AS "createdAt", last_login_at AS "lastLoginAt",
             disabled_at AS "disabledAt", password_change_required_at AS "passwordChangeRequiredAt"
      FROM users
      WHERE ${cursor ? Prisma.sql`id < ${cursor}::uuid` : Prisma.sql`true`} AND ${matches(search)}
      ORDER BY id DESC LIMIT ${limit + 1}
    ) AS page ORDER BY page.id DESC`
  const { rows, nextCursor } = cutPage(found, limit, ({ id }) => id)
  return { users: rows, nextCursor }
}

/** E-mail addresses are stored normalised, names as typed. */
function matches(search: string | undefined): Prisma.Sql {
  if (!search) return Prisma.sql`true`
  const text = normaliseEmail(search) ?? trimInvisible(search)
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  return Prisma.sql`(email LIKE lower(${pattern}) OR lower(name) LIKE lower(${pattern}))`
}
