import { normaliseEmail } from '#lib/auth/normalise-email.ts'
import { CREDENTIAL_MAX_LENGTH, PASSWORD_STRONG_GUESSES } from '#lib/auth/policy.ts'
import { hasAllowedLength, newPasswordSchema } from '#lib/auth/schema.ts'
import { estimateStrength, type Strength } from './estimate-strength.ts'
import { normalisePassword } from './normalise-password.ts'
import type { PasswordOwner } from './owner-words.ts'
import { describeWeakness, WEAKNESSES } from './weakness.ts'

export function describeStrength(typed: string, owner: PasswordOwner): string {
  const strength = estimateIfOfAllowedLength(typed, owner)
  if (!strength) return ''
  if (strength.weakness) return `Too easy to guess: ${WEAKNESSES[strength.weakness]}.`
  const email = normaliseEmail(owner.email) ?? owner.email
  if (!newPasswordSchema(email).safeParse(typed).success) return 'Does not meet the rules yet.'
  return strength.guesses < PASSWORD_STRONG_GUESSES ? 'Fair' : 'Strong'
}

/** In the server's words. Null also for a password that its length alone rules out. */
export function describeIfWeak(typed: string, owner: PasswordOwner): string | null {
  const weakness = estimateIfOfAllowedLength(typed, owner)?.weakness
  return weakness ? describeWeakness(weakness) : null
}

function estimateIfOfAllowedLength(typed: string, owner: PasswordOwner): Strength | null {
  if (typed.length > CREDENTIAL_MAX_LENGTH) return null
  const password = normalisePassword(typed)
  return hasAllowedLength(password) ? estimateStrength(password, owner) : null
}
