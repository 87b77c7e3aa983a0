import type { Operator } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'

/** Leaves a handled finding as it is. @returns null, or `FINDING_NOT_FOUND` for unknown and malformed ids */
export async function handleFinding(
  operator: Operator,
  id: string,
  { now }: { now: Date },
): Promise<Result<null, Failure<'FINDING_NOT_FOUND'>>> {
  if (!isUuid(id)) return err({ code: 'FINDING_NOT_FOUND' })
  return db().$transaction(async (tx) => {
    const [handled] = await tx.finding.updateManyAndReturn({
      where: { id, handledAt: null },
      data: { handledAt: now, handledBy: operator.userId },
      select: { pattern: true },
    })
    if (!handled) {
      const exists = await tx.finding.findUnique({ where: { id }, select: { id: true } })
      return exists ? ok(null) : err({ code: 'FINDING_NOT_FOUND' })
    }
    await record(tx, {
      type: 'finding_handled',
      client: operator.client,
      ...(operator.userId && { userId: operator.userId }),
      details: {
        finding_id: id.toLowerCase(),
        pattern: handled.pattern,
        by: operator.userId ?? 'command line',
      },
    })
    return ok(null)
  })
}
