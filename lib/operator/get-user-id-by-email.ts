import type { Operator } from '#lib/actor.ts'
import { normaliseEmail } from '#lib/auth/schema.ts'
import { db } from '#lib/db/client.ts'

/** The id of the account with an e-mail address, however that is written; null when there is none. */
export async function getUserIdByEmail(_operator: Operator, text: string): Promise<string | null> {
  const email = normaliseEmail(text)
  const user = email && (await db().user.findUnique({ where: { email }, select: { id: true } }))
  return user ? user.id : null
}
