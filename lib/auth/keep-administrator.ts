import type { Tx } from '#lib/db/client.ts'
import { takeLock } from '#lib/db/locks.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'

/**
 * Ensures that an administrator remains who can log in, before an active administrator goes. The lock lets one such
 * change through at a time, so two administrators who go at the same moment leave one.
 * @returns `LAST_ADMIN` if no other one can log in
 */
export async function keepAdministrator(
  tx: Tx,
  { userId, role }: { userId: string; role: 'user' | 'admin' },
): Promise<Result<null, Failure<'LAST_ADMIN'>>> {
  if (role !== 'admin') return ok(null)
  await takeLock(tx, 'lastAdministrator')
  const others = await tx.user.count({
    where: { role: 'admin', disabledAt: null, deletionDueAt: null, id: { not: userId } },
  })
  return others > 0 ? ok(null) : err({ code: 'LAST_ADMIN' })
}
