import { db } from '#lib/db/client.ts'
import type { StoredPassword } from './password/hash-password.ts'

/** What a log-in checks. */
export type Credentials = {
  userId: string
  isDisabled: boolean
  password: (StoredPassword & { changedAt: Date }) | null
}

type Row = { userId: string; isDisabled: boolean } & (NonNullable<Credentials['password']> | { hash: null })

/** Finds the account of an email address (normalised) in one statement, whether there is one or not. */
export async function getCredentials(email: string): Promise<Credentials | null> {
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
