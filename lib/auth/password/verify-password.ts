import { randomBytes } from 'node:crypto'
import { encodeBase64, genSaltSync } from 'bcryptjs'
import { PASSWORD_SCHEME } from '#lib/auth/policy.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { currentPepper, type StoredPassword } from './hash-password.ts'
import { pepperId, pepperPassword } from './pepper.ts'
import { bcryptCompare } from './pool.ts'

const BCRYPT_DIGEST_BYTES = 23

/** A hash that no password is known for. Random instead of computed, which would double this attempt's time. */
function createDummyHash(cost: number): string {
  return genSaltSync(cost) + encodeBase64(randomBytes(BCRYPT_DIGEST_BYTES), BCRYPT_DIGEST_BYTES)
}

function findPepper(stored: StoredPassword): string {
  const pepper = nodeEnv().passwordPeppers.find((candidate) => pepperId(candidate) === stored.pepperId)
  if (pepper === undefined) throw new Error(`PASSWORD_PEPPER lacks the pepper ${stored.pepperId}`)
  return pepper
}

/**
 * Checks a password with exactly one bcrypt comparison, also where there is nothing to compare with, so that time does
 * not tell which accounts exist (ASVS 6.3.8).
 * @param stored null for an unknown account or one without a password: never matches
 * @returns `outdated` says that scheme, cost or pepper are no longer today's, so that a match should be hashed again.
 *   Throws where the pepper or the scheme is unknown.
 */
export async function verifyPassword(
  password: string,
  stored: StoredPassword | null,
): Promise<{ matches: boolean; outdated: boolean }> {
  const { bcryptCost: cost } = nodeEnv()
  const pepper = stored ? findPepper(stored) : currentPepper()
  const scheme = stored?.scheme ?? PASSWORD_SCHEME
  const input = pepperPassword(password, pepper, scheme)
  const isMatch = await bcryptCompare(input, stored?.hash ?? createDummyHash(cost))
  if (!stored) return { matches: false, outdated: false }
  const outdated = scheme !== PASSWORD_SCHEME || stored.cost !== cost || pepper !== currentPepper()
  return { matches: isMatch, outdated }
}
