import { PASSWORD_SCHEME } from '#lib/auth/policy.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { PasswordOwner } from './owner-words.ts'
import { derivePepperId, pepperPassword } from './pepper.ts'
import { bcryptHash, findWeakness } from './pool.ts'
import type { WeakPassword } from './weakness.ts'

/** The recipe stays with the hash, so old hashes verify after cost, scheme or pepper have changed. */
export type StoredPassword = { hash: string; scheme: number; cost: number; pepperId: string }

export function requireCurrentPepper(): string {
  const [pepper] = nodeEnv().passwordPeppers
  if (pepper === undefined) throw new Error('There is no password pepper')
  return pepper
}

export async function hashPassword(password: string): Promise<StoredPassword> {
  const { bcryptCost: cost } = nodeEnv()
  const pepper = requireCurrentPepper()
  const hash = await bcryptHash(pepperPassword(password, { pepper }), cost)
  return { hash, scheme: PASSWORD_SCHEME, cost, pepperId: derivePepperId(pepper) }
}

/** @returns `WEAK_PASSWORD` if the password is too easy to guess (ASVS 6.2.4, 6.2.11) */
export async function hashNewPassword(
  password: string,
  owner: PasswordOwner,
): Promise<Result<StoredPassword, WeakPassword>> {
  const weakness = await findWeakness(password, owner)
  return weakness ? err({ code: 'WEAK_PASSWORD', weakness }) : ok(await hashPassword(password))
}
