import { derivePepperId } from '#lib/auth/password/pepper.ts'
import { db } from '#lib/db/client.ts'
import { EnvironmentError } from '#lib/env/edge.ts'
import { nodeEnv } from '#lib/env/node.ts'

/** Throws if a stored password needs a pepper that is not set: its log-ins would fail like wrong passwords. */
export async function checkPeppers(): Promise<void> {
  const known = nodeEnv().passwordPeppers.map(derivePepperId)
  const foreign = await db().password.findFirst({
    where: { pepperId: { notIn: known } },
    select: { pepperId: true },
  })
  if (!foreign) return
  throw new EnvironmentError(
    `PASSWORD_PEPPER lacks the pepper ${foreign.pepperId}, under which passwords are stored: add the old value behind the new one, after a comma.`,
  )
}
