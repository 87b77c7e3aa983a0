import type { Tx } from '#lib/db/client.ts'
import { DAY_MS } from '#lib/time.ts'
import { readSeals, type StoredSeal } from './read-seals.ts'
import { GENESIS, sealHead } from './seal-head.ts'
import { missingSecretOf, sealSecrets } from './seal-secrets.ts'

/** So long an older secret may still have recorded what is sealed: servers restart one by one, and long transactions delay seals. */
const HANDOVER_MS = DAY_MS

/** A seal that a newer secret made than the one before it. Null secrets are not in the ring. */
export type Rotation = {
  number: number
  at: Date
  /** The last seal whose events retention had dropped by then. */
  through: number
  secret: string | null
  before: string | null
  /** The id of the one before, if the ring lacks it and its seal names it. */
  missing: string | null
}

/** The secret of the ring that made a seal, or null if none of them did. */
export function secretOf(seal: StoredSeal, previous: StoredSeal | null): string | null {
  const head = previous?.head ?? GENESIS
  return sealSecrets().find((secret) => sealHead(seal, head, secret).equals(seal.head)) ?? null
}

/** The rotations of a chain, in order. They are proved by verifying the chain, not by being read. */
export async function readRotations(tx: Tx): Promise<Rotation[]> {
  const numbers = await tx.$queryRaw<{ number: number }[]>`
    SELECT number FROM audit_seals WHERE pruned_through IS NOT NULL ORDER BY number`
  const rotations: Rotation[] = []
  for (const { number } of numbers) {
    const seals = await readSeals(tx, number - 3, 3)
    const at = (wanted: number) => seals.find((seal) => seal.number === wanted) ?? null
    const [seal, previous] = [at(number), at(number - 1)]
    if (!seal || !previous) continue
    rotations.push({
      number,
      at: seal.sealedAt,
      through: seal.prunedThrough ?? 0,
      secret: secretOf(seal, previous),
      before: secretOf(previous, at(number - 2)),
      missing: missingSecretOf(previous.keyId),
    })
  }
  return rotations
}

/** The rotation after which a secret of the ring proves nothing new, if there is one. */
function endOf(secret: string, rotations: Rotation[]): Rotation | undefined {
  const ring = sealSecrets()
  const age = ring.indexOf(secret)
  return rotations.find((rotation) => rotation.secret !== null && ring.indexOf(rotation.secret) < age)
}

/** Whether another secret has taken over from this one in the chain. */
export function isSuperseded(secret: string, rotations: Rotation[]): boolean {
  return rotations.some(({ before }) => before === secret)
}

/** The secrets under which an event may have been recorded that was sealed at that time. */
export function recordingSecrets(sealedAt: Date, rotations: Rotation[]): string[] {
  return sealSecrets().filter((secret) => {
    const end = endOf(secret, rotations)
    return !end || sealedAt.getTime() <= end.at.getTime() + HANDOVER_MS
  })
}

/** Whether a secret can prove that the events of a seal were dropped by retention: an older one only up to its end. */
export function mayProvePruning(secret: string, number: number, rotations: Rotation[]): boolean {
  const end = endOf(secret, rotations)
  return !end || number <= end.through
}

/**
 * The first rotation of the ring, if the secret before it is not in the ring any more: it vouches for the seals before
 * it, whose events are gone.
 */
export function vouching(rotations: Rotation[]): Rotation | undefined {
  const first = rotations.find(({ secret }) => secret !== null)
  return first?.before === null ? first : undefined
}

/** The secret that the ring lacks, if events that were sealed at that time may have been recorded under it. */
export function missingAt(sealedAt: Date, rotations: Rotation[]): string | null {
  const first = vouching(rotations)
  return first && sealedAt.getTime() <= first.at.getTime() + HANDOVER_MS ? first.missing : null
}
