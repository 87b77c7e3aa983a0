import type { Tx } from '#lib/db/client.ts'
import { DAY_MS } from '#lib/time.ts'
import { readSeals, type StoredSeal } from './read-seals.ts'
import { GENESIS, sealHead } from './seal-head.ts'
import { missingSecretOf, sealSecrets } from './seal-secrets.ts'

/** For this long after a rotation, events may have the older secret: servers restart one by one, and long transactions delay seals. */
const HANDOVER_MS = DAY_MS

/** A seal whose secret is newer than that of the seal before. Null secrets are not in the ring. */
export type Rotation = {
  number: number
  at: Date
  through: number
  secret: string | null
  before: string | null
  /** The id of the secret before, if it is not in the ring and its seal has the id. */
  missing: string | null
}

export function secretOf(seal: StoredSeal, previous: StoredSeal | null): string | null {
  const head = previous?.head ?? GENESIS
  return sealSecrets().find((secret) => sealHead(seal, head, secret).equals(seal.head)) ?? null
}

/** The rotations of the chain, in order, not verified: `verifySeals` does that. */
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

function endOf(secret: string, rotations: Rotation[]): Rotation | undefined {
  const ring = sealSecrets()
  const age = ring.indexOf(secret)
  return rotations.find((rotation) => rotation.secret !== null && ring.indexOf(rotation.secret) < age)
}

export function isSuperseded(secret: string, rotations: Rotation[]): boolean {
  return rotations.some(({ before }) => before === secret)
}

export function recordingSecrets(sealedAt: Date, rotations: Rotation[]): string[] {
  return sealSecrets().filter((secret) => {
    const end = endOf(secret, rotations)
    return !end || sealedAt.getTime() <= end.at.getTime() + HANDOVER_MS
  })
}

/** Whether a secret can prove that retention pruned a seal. An older secret can until it was replaced. */
export function mayProvePruning(
  secret: string,
  { number, rotations }: { number: number; rotations: Rotation[] },
): boolean {
  const end = endOf(secret, rotations)
  return !end || number <= end.through
}

/** The first rotation if its older secret left the ring. It vouches for the earlier seals, whose events were pruned. */
export function vouchingRotation(rotations: Rotation[]): Rotation | undefined {
  const first = rotations.find(({ secret }) => secret !== null)
  return first?.before === null ? first : undefined
}

/** The id of a secret that is not in the ring, if it may have recorded events that were sealed at this time. */
export function missingAt(sealedAt: Date, rotations: Rotation[]): string | null {
  const first = vouchingRotation(rotations)
  return first && sealedAt.getTime() <= first.at.getTime() + HANDOVER_MS ? first.missing : null
}
