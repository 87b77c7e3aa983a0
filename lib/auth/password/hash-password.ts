import { PASSWORD_SCHEME } from '#lib/auth/policy'
import { nodeEnv } from '#lib/env/node'
import { pepperId, pepperPassword } from './pepper.ts'
import { bcryptHash } from './pool.ts'

/** A hash and how it was made, so that cost, scheme and pepper can change while old hashes still verify. */
export type StoredPassword = { hash: string; scheme: number; cost: number; pepperId: string }

/** The newest pepper, under which all new hashes are made. */
export function currentPepper(): string {
  const [pepper] = nodeEnv().passwordPeppers
  if (pepper === undefined) throw new Error('There is no password pepper')
  return pepper
}

/** Hashes a new password at today's cost and pepper. @returns what to store */
export async function hashPassword(password: string): Promise<StoredPassword> {
  const { bcryptCost: cost } = nodeEnv()
  const pepper = currentPepper()
  const hash = await bcryptHash(pepperPassword(password, pepper), cost)
  return { hash, scheme: PASSWORD_SCHEME, cost, pepperId: pepperId(pepper) }
}
