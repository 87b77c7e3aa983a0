import type { Tx } from '#lib/db/client'
import { log } from '#lib/log'
import { readSeals, type StoredSeal } from './read-seals.ts'
import { verifySeal } from './verify-seal.ts'

/**
 * A seal that stands in the database, with the one before it (null: it is the first). Throws, with its number in the
 * log, if it was tampered with or made with another secret: nothing may then be signed that builds on it.
 */
export async function readGenuineSeal(
  tx: Tx,
  number: number,
  job: 'seals' | 'retention',
): Promise<{ seal: StoredSeal; previous: StoredSeal | null }> {
  const found = await readSeals(tx, number - 2, 2)
  const seal = found.find((one) => one.number === number)
  const previous = found.find((one) => one.number < number) ?? null
  if (seal && verifySeal(seal, previous).ok) return { seal, previous }
  log().error({ job, tampered_seal: number })
  throw new Error(`seal ${number} of the audit trail was tampered with, or AUDIT_SEAL_SECRET is another`)
}
