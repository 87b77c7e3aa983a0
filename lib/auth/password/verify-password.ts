import { randomBytes } from 'node:crypto'
import { encodeBase64, genSaltSync } from 'bcryptjs'
import { PASSWORD_SCHEME } from '#lib/auth/policy.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { requireCurrentPepper, type StoredPassword } from './hash-password.ts'
import { derivePepperId, pepperPassword } from './pepper.ts'
import { bcryptCompare } from './pool.ts'

const BCRYPT_DIGEST_BYTES = 23

/** A random hash that no password matches. Computing one would double the time of the attempt. */
function createDummyHash(cost: number): string {
  return genSaltSync(cost) + encodeBase64(randomBytes(BCRYPT_DIGEST_BYTES), BCRYPT_DIGEST_BYTES)
}

function findPepper(stored: StoredPassword): string {
  const pepper = nodeEnv().passwordPeppers.find((candidate) => derivePepperId(candidate) === stored.pepperId)
  if (pepper === undefined) throw new Error(`PASSWORD_PEPPER lacks the pepper ${stored.pepperId}`)
  return pepper
}

/**
 * Makes exactly one bcrypt comparison, even for an unknown account: the time must not reveal which accounts exist
 * (ASVS 6.3.8). Throws for an unknown pepper or scheme.
 * @returns `outdated` if the scheme, cost or pepper has changed, so a match should be hashed again
 */
export async function verifyPassword(
  password: string,
  stored: StoredPassword | null,
): Promise<{ matches: boolean; outdated: boolean }> {
  const { bcryptCost: cost } = nodeEnv()
  const pepper = stored ? findPepper(stored) : requireCurrentPepper()
  const scheme = stored?.scheme ?? PASSWORD_SCHEME
  const input = pepperPassword(password, { pepper, scheme })
  const isMatch = await bcryptCompare(input, stored?.hash ?? createDummyHash(cost))
  if (!stored) return { matches: false, outdated: false }
  const outdated = scheme !== PASSWORD_SCHEME || stored.cost !== cost || pepper !== requireCurrentPepper()
  return { matches: isMatch, outdated }
}
