import { PASSWORD_SCHEME } from '#lib/auth/policy.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { ok, type Result } from '#lib/result.ts'
import type { PasswordOwner } from './owner-words.ts'
import { pepperId, pepperPassword } from './pepper.ts'
import { bcryptHash, bcryptHashIfStrong } from './pool.ts'
import type { Weakness } from './weakness.ts'

/** A hash and how it was made, so that cost, scheme and pepper can change while old hashes still verify. */
export type StoredPassword = { hash: string; scheme: number; cost: number; pepperId: string }

/** The newest pepper, under which all new hashes are made. */
export function currentPepper(): string {
  const [pepper] = nodeEnv().passwordPeppers
  if (pepper === undefined) throw new Error('There is no password pepper')
  return pepper
}

/** Hashes a password at today's cost and pepper. @returns what to store */
export async function hashPassword(password: string): Promise<StoredPassword> {
  const { input, ...recipe } = prepare(password)
  return { ...recipe, hash: await bcryptHash(input, recipe.cost) }
}

/**
 * Hashes a password that its owner has just chosen, unless it is too easy to guess (ASVS 6.2.4, 6.2.11).
 * @returns what to store, or why it is refused
 */
export async function hashNewPassword(
  password: string,
  owner: PasswordOwner,
): Promise<Result<StoredPassword, Weakness>> {
  const { input, ...recipe } = prepare(password)
  const hashed = await bcryptHashIfStrong(input, recipe.cost, { password, owner })
  return hashed.ok ? ok({ ...recipe, hash: hashed.value }) : hashed
}

/** What bcrypt is given, and how it came about. */
function prepare(password: string) {
  const { bcryptCost: cost } = nodeEnv()
  const pepper = currentPepper()
  const input = pepperPassword(password, pepper)
  return { input, scheme: PASSWORD_SCHEME, cost, pepperId: pepperId(pepper) }
}
