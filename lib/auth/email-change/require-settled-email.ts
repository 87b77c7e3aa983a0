import type { Tx } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { getUndoEnd } from './get-email-change.ts'

type Account = { userId: string; now: Date }

/**
 * Guards what a thief who changed the address would do next.
 * @returns `EMAIL_CHANGED_RECENTLY` with the time until which the former address can undo the change
 */
export async function requireSettledEmail(
  tx: Tx,
  { userId, now }: Account,
): Promise<Result<null, Failure<'EMAIL_CHANGED_RECENTLY'>>> {
  const until = await getUndoEnd(tx, { userId, now })
  if (!until) return ok(null)
  const issue = `was changed recently: this is possible from ${until.toISOString()}`
  return err({ code: 'EMAIL_CHANGED_RECENTLY', details: [{ field: 'email', issue }] })
}
