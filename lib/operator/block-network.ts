import type { Operator } from '#lib/actor.ts'
import { operatorName } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { parseNetwork } from '#lib/throttle/network.ts'
import { secondsLater } from '#lib/time.ts'
import type { BlockView } from './list-blocks.ts'

const ADDRESS_ISSUE = 'must be an IPv4 address, or an IPv6 address or /64 network'

/**
 * Open sessions end with their access token; known devices can still log in (lib/auth/check-blocked-network.ts).
 * @returns `INVALID_INPUT` unless `address` is IPv4, IPv6 or an IPv6 /64
 */
export async function blockNetwork(
  operator: Operator,
  address: string,
  { seconds, now }: { seconds: number; now: Date },
): Promise<Result<BlockView, Failure<'INVALID_INPUT'>>> {
  const network = parseNetwork(address)
  if (network === null)
    return err({ code: 'INVALID_INPUT', details: [{ field: 'network', issue: ADDRESS_ISSUE }] })
  const blockedUntil = secondsLater(now, seconds)
  const block = { blockedUntil, blockedBy: operator.userId, createdAt: now, reported: false }
  return db().$transaction(async (tx) => {
    const { reported: _, ...view } = await tx.blockedNetwork.upsert({
      where: { network },
      create: { network, ...block },
      update: block,
    })
    const details = { network, seconds, by: operatorName(operator) }
    await record(tx, { type: 'address_blocked', client: operator.client, details })
    return ok(view)
  })
}

/** Ends a block early. @returns `BLOCK_NOT_FOUND` if no active block matches `address`, also for a malformed one */
export async function unblockNetwork(
  operator: Operator,
  address: string,
  { now }: { now: Date },
): Promise<Result<null, Failure<'BLOCK_NOT_FOUND'>>> {
  const network = parseNetwork(address)
  if (network === null) return err({ code: 'BLOCK_NOT_FOUND' })
  return db().$transaction(async (tx) => {
    const where = { network, blockedUntil: { gt: now } }
    const { count } = await tx.blockedNetwork.deleteMany({ where })
    if (count === 0) return err({ code: 'BLOCK_NOT_FOUND' })
    const details = { network, by: operatorName(operator) }
    await record(tx, { type: 'address_unblocked', client: operator.client, details })
    return ok(null)
  })
}
