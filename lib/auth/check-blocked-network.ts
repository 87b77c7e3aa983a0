import type { Subject } from '#lib/audit/new-event.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { getBlock } from '#lib/throttle/get-block.ts'
import { recordRefusal } from './record-refusal.ts'

/**
 * Refuses a client whose network an operator has blocked, until the block ends. Recorded once per block, as throttles
 * are once per window, so that a flood cannot fill the trail.
 * @param mayPass asked for blocked ones alone: a browser that the account's owner has logged in from before passes,
 *   since strangers share a blocked address with honest people
 * @returns the failure to answer with, or null for everybody else
 */
export async function checkBlockedNetwork(
  refused: Subject,
  now = new Date(),
  mayPass: () => boolean | Promise<boolean> = () => false,
): Promise<Failure<'RATE_LIMITED'> | null> {
  const block = await getBlock(refused.client.network, now)
  if (!block || (await mayPass())) return null
  const { network, blockedUntil } = block
  if (!block.reported) {
    await db().$transaction(async (tx) => {
      // Asked once more, so that of parallel requests one records.
      const where = { network, blockedUntil, reported: false }
      const { count } = await tx.blockedNetwork.updateMany({ where, data: { reported: true } })
      if (count === 1) await recordRefusal(tx, refused, 'address.block', now)
    })
  }
  const seconds = Math.ceil((blockedUntil.getTime() - now.getTime()) / 1000)
  return { code: 'RATE_LIMITED', retryAfterSeconds: Math.max(1, seconds) }
}
