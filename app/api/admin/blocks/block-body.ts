import type { BlockView } from '#lib/operator/list-blocks.ts'

/** A blocked network as the operators' API shows it. */
export function blockBody(block: BlockView) {
  return {
    network: block.network,
    blocked_until: block.blockedUntil,
    blocked_by: block.blockedBy,
    created_at: block.createdAt,
  }
}
