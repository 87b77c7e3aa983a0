import type { Operator } from '#lib/actor.ts'
import { normaliseEmail } from '#lib/auth/normalise-email.ts'
import { db } from '#lib/db/client.ts'

/** Accepts any spelling of the address that the log-in form accepts. */
export async function getUserIdByEmail(_operator: Operator, typed: string): Promise<string | null> {
  const email = normaliseEmail(typed)
  const user = email && (await db().user.findUnique({ where: { email }, select: { id: true } }))
  return user ? user.id : null
}
