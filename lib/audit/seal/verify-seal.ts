import { err, ok, type Result } from '#lib/result.ts'
import type { Problem } from './problem.ts'
import type { StoredSeal } from './read-seals.ts'
import { mayProvePruning, type Rotation, secretOf, vouching } from './rotations.ts'
import { digestOf, prunedMac } from './seal-head.ts'
import { missingSecretOf, sealSecrets } from './seal-secrets.ts'

/**
 * Whether a seal is the one that was written after `previous` (null: the first), its entries or their pruning included.
 * @returns the secret that made it; null where that one is not in the ring any more, its events are gone, and a
 * rotation vouches for it
 */
export function verifySeal(
  seal: StoredSeal,
  previous: StoredSeal | null,
  rotations: Rotation[] = [],
): Result<string | null, Problem> {
  const number = (previous?.number ?? 0) + 1
  if (seal.number > number) return err({ code: 'seal_removed', seal: number })
  const secret = secretOf(seal, previous)
  const vouched = vouching(rotations)
  const isVouchedFor = vouched !== undefined && number < vouched.number && !seal.entries
  if (seal.number < number || (secret === null && !isVouchedFor)) return err(sealChanged(seal))
  const { entries, entriesDigest, prunedAt } = seal
  if (!entries) {
    const isRight = (vouched && number <= vouched.through) || isPrunedByRetention(seal, rotations)
    return isRight ? ok(secret) : err({ code: 'pruned_without_right', seal: number })
  }
  const isWhole = !prunedAt && digestOf(entries).equals(entriesDigest)
  return isWhole ? ok(secret) : err({ code: 'seal_changed', seal: number })
}

/** The problem of a seal that no secret of the ring has made. */
export function sealChanged(seal: StoredSeal): Problem {
  const missingSecret = missingSecretOf(seal.keyId)
  return { code: 'seal_changed', seal: seal.number, ...(missingSecret && { missingSecret }) }
}

function isPrunedByRetention(seal: StoredSeal, rotations: Rotation[]): boolean {
  const { number, prunedAt, prunedMac: proof } = seal
  if (!prunedAt || !proof) return false
  return sealSecrets().some(
    (secret) => mayProvePruning(secret, number, rotations) && prunedMac(seal, prunedAt, secret).equals(proof),
  )
}
