import { db } from '#lib/db/client.ts'
import type { StoredPassword } from './password/hash-password.ts'

export type StoredCredentials = {
  userId: string
  isDisabled: boolean
  password: (StoredPassword & { changedAt: Date }) | null
}

type Row = { userId: string; isDisabled: boolean } & (
  | NonNullable<StoredCredentials['password']>
  | { hash: null }
)

/** One statement, whether the account exists or not: the time shows nothing. */
export async function getCredentials(email: string): Promise<StoredCredentials | null> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT users.id AS "userId", users.disabled_at IS NOT NULL AS "isDisabled",
           passwords.hash, passwords.scheme, passwords.cost, passwords.pepper_id AS "pepperId",
           passwords.changed_at AS "changedAt"
    FROM users LEFT JOIN passwords ON passwords.user_id = users.id
    WHERE users.email = ${email}`
  if (!row) return null
  const { userId, isDisabled } = row
  return { userId, isDisabled, password: row.hash === null ? null : row }
}
