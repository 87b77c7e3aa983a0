import type { Tx } from '#lib/db/client.ts'
import { log } from '#lib/log.ts'
import { readSeals, type StoredSeal } from './read-seals.ts'
import { missingSecretOf } from './seal-secrets.ts'
import { verifySeal } from './verify-seal.ts'

/** Throws and logs the number of a seal that is forged or has an unknown secret: no signature may depend on it. */
export async function requireGenuineSeal(
  tx: Tx,
  number: number,
  job: 'seals' | 'retention',
): Promise<{ seal: StoredSeal; previous: StoredSeal | null; secret: string }> {
  const found = await readSeals(tx, number - 2, 2)
  const seal = found.find((one) => one.number === number)
  const previous = found.find((one) => one.number < number) ?? null
  const verified = seal && verifySeal(seal, { previous })
  if (seal && verified?.ok && verified.value !== null) return { seal, previous, secret: verified.value }
  log().error({ job, tampered_seal: number })
  const missing = seal && missingSecretOf(seal.keyId)
  throw new Error(
    `seal ${number} of the audit trail was tampered with, or AUDIT_SEAL_SECRET is another${missing ? `: it lacks the secret ${missing}` : ''}`,
  )
}
