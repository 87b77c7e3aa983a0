import { err, ok, type Result } from '#lib/result'
import type { Problem } from './problem.ts'
import type { StoredSeal } from './read-seals.ts'
import { digestOf, GENESIS, prunedMac, sealHead } from './seal-head.ts'

/** Whether a seal is the one that was written after `previous` (null: the first), its entries or their pruning included. */
export function verifySeal(seal: StoredSeal, previous: StoredSeal | null): Result<null, Problem> {
  const number = (previous?.number ?? 0) + 1
  if (seal.number > number) return err({ code: 'seal_removed', seal: number })
  if (seal.number < number || !sealHead(seal, previous?.head ?? GENESIS).equals(seal.head)) {
    return err({ code: 'seal_changed', seal: seal.number })
  }
  const { entries, entriesDigest, prunedAt, prunedMac: proof } = seal
  if (!entries) {
    const isRight = prunedAt && proof && prunedMac(number, seal.head, prunedAt).equals(proof)
    return isRight ? ok(null) : err({ code: 'pruned_without_right', seal: number })
  }
  const isWhole = !prunedAt && digestOf(entries).equals(entriesDigest)
  return isWhole ? ok(null) : err({ code: 'seal_changed', seal: number })
}
