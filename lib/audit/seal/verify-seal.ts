import { err, ok, type Result } from '#lib/result.ts'
import type { Problem } from './problem.ts'
import type { StoredSeal } from './read-seals.ts'
import { mayProvePruning, type Rotation, secretOf, vouchingRotation } from './rotations.ts'
import { digestOf, prunedMac } from './seal-head.ts'
import { missingSecretOf, sealSecrets } from './seal-secrets.ts'

/**
 * Verifies a seal that follows `previous` (null: the first), with its entries or with the proof of their pruning.
 * @returns the secret that made it; null where that is no longer in the ring, but the seal is pruned and a rotation
 * vouches for it; else `seal_removed`, `seal_changed` or `pruned_without_right`
 */
export function verifySeal(
  seal: StoredSeal,
  { previous, rotations = [] }: { previous: StoredSeal | null; rotations?: Rotation[] },
): Result<string | null, Problem> {
  const number = (previous?.number ?? 0) + 1
  if (seal.number > number) return err({ code: 'seal_removed', seal: number })
  const secret = secretOf(seal, previous)
  const vouched = vouchingRotation(rotations)
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

export function sealChanged(seal: StoredSeal): Problem {
  const missingSecret = missingSecretOf(seal.keyId)
  return { code: 'seal_changed', seal: seal.number, ...(missingSecret && { missingSecret }) }
}

function isPrunedByRetention(seal: StoredSeal, rotations: Rotation[]): boolean {
  const { number, prunedAt, prunedMac: proof } = seal
  if (!prunedAt || !proof) return false
  return sealSecrets().some(
    (secret) =>
      mayProvePruning(secret, { number, rotations }) && prunedMac(seal, prunedAt, secret).equals(proof),
  )
}
