import type { Operator } from '#lib/actor.ts'
import { operatorName } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { parseNetwork } from '#lib/throttle/network.ts'
import { secondsLater } from '#lib/time.ts'
import type { BlockView } from './list-blocks.ts'

const NO_NETWORK = 'must be an IPv4 address, or an IPv6 address or /64 network'

/**
 * Shuts a network out of sign-up, log-in and renewal for a time; a second block replaces the first. What lives there
 * already goes on until its access token ends; a known device may still log in (lib/auth/check-blocked-network.ts).
 * @param address an IPv4 address, or an IPv6 one or its /64
 * @returns the block; `INVALID_INPUT` for anything else
 */
export async function blockNetwork(
  operator: Operator,
  address: string,
  seconds: number,
  now = new Date(),
): Promise<Result<BlockView, Failure<'INVALID_INPUT'>>> {
  const network = parseNetwork(address)
  if (network === null)
    return err({ code: 'INVALID_INPUT', details: [{ field: 'network', issue: NO_NETWORK }] })
  const blockedUntil = secondsLater(now, seconds)
  const block = { blockedUntil, blockedBy: operator.userId, createdAt: now, reported: false }
  return db().$transaction(async (tx) => {
    const { reported: _, ...view } = await tx.blockedNetwork.upsert({
      where: { network },
      create: { network, ...block },
      update: block,
    })
    const details = { network, seconds, by: operatorName(operator) }
    await record(tx, { type: 'address_blocked', client: operator.client, details }, now)
    return ok(view)
  })
}

/**
 * Ends a block before its time.
 * @returns nothing, or `BLOCK_NOT_FOUND` for a network that is not blocked (any more), and for what is no network
 */
export async function unblockNetwork(
  operator: Operator,
  address: string,
  now = new Date(),
): Promise<Result<null, Failure<'BLOCK_NOT_FOUND'>>> {
  const network = parseNetwork(address)
  if (network === null) return err({ code: 'BLOCK_NOT_FOUND' })
  return db().$transaction(async (tx) => {
    const where = { network, blockedUntil: { gt: now } }
    const { count } = await tx.blockedNetwork.deleteMany({ where })
    if (count === 0) return err({ code: 'BLOCK_NOT_FOUND' })
    const details = { network, by: operatorName(operator) }
    await record(tx, { type: 'address_unblocked', client: operator.client, details }, now)
    return ok(null)
  })
}
