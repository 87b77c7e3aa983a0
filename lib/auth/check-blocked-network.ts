import type { Subject } from '#lib/audit/new-event.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { getBlock } from '#lib/throttle/get-block.ts'
import { recordThrottledEvent } from './record-throttled-event.ts'

type Exemption = {
  now: Date
  /** Called for blocked networks alone: honest users may share one. */
  isExempt?: () => boolean | Promise<boolean>
}

/** Records a refusal once per block. @returns `RATE_LIMITED` until the block ends */
export async function checkBlockedNetwork(
  subject: Subject,
  { now, isExempt = () => false }: Exemption,
): Promise<Result<null, Failure<'RATE_LIMITED'>>> {
  const block = await getBlock(subject.client.network, now)
  if (!block || (await isExempt())) return ok(null)
  const { network, blockedUntil } = block
  if (!block.reported) {
    await db().$transaction(async (tx) => {
      // Checked again, so that of parallel requests one records.
      const where = { network, blockedUntil, reported: false }
      const { count } = await tx.blockedNetwork.updateMany({ where, data: { reported: true } })
      if (count === 1) await recordThrottledEvent(tx, { ...subject, failureReason: 'address.block' })
    })
  }
  const seconds = Math.ceil((blockedUntil.getTime() - now.getTime()) / 1000)
  return err({ code: 'RATE_LIMITED', retryAfterSeconds: Math.max(1, seconds) })
}
