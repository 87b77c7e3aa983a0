import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, PASSWORD_STRONG_GUESSES } from '#lib/auth/policy'
import { newPasswordSchema, normaliseEmail } from '#lib/auth/schema'
import { countCharacters } from '#lib/text-schema'
import { estimateStrength } from './estimate-strength'
import type { PasswordOwner } from './owner-words'
import { WEAKNESSES } from './weakness'

/** How strong a password is, in words for the user who types it; empty while it is too short to say anything. */
export function describeStrength(password: string, owner: PasswordOwner): string {
  const length = countCharacters(password)
  if (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH) return ''
  const { guesses, weakness } = estimateStrength(password, owner)
  if (weakness) return `Too easy to guess: ${WEAKNESSES[weakness]}.`
  const email = normaliseEmail(owner.email) ?? owner.email
  if (!newPasswordSchema(email).safeParse(password).success) return 'Does not meet the rules yet.'
  return guesses < PASSWORD_STRONG_GUESSES ? 'Fair' : 'Strong'
}
