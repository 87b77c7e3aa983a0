import { normaliseEmail } from '#lib/auth/normalise-email.ts'
import {
  CREDENTIAL_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  PASSWORD_STRONG_GUESSES,
} from '#lib/auth/policy.ts'
import { newPasswordSchema } from '#lib/auth/schema.ts'
import { countCharacters } from '#lib/text-schema.ts'
import { estimateStrength } from './estimate-strength.ts'
import { normalisePassword } from './normalise-password.ts'
import type { PasswordOwner } from './owner-words.ts'
import { WEAKNESSES } from './weakness.ts'

export function describeStrength(typed: string, owner: PasswordOwner): string {
  if (typed.length > CREDENTIAL_MAX_LENGTH) return ''
  const password = normalisePassword(typed)
  const length = countCharacters(password)
  if (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH) return ''
  const { guesses, weakness } = estimateStrength(password, owner)
  if (weakness) return `Too easy to guess: ${WEAKNESSES[weakness]}.`
  const email = normaliseEmail(owner.email) ?? owner.email
  if (!newPasswordSchema(email).safeParse(password).success) return 'Does not meet the rules yet.'
  return guesses < PASSWORD_STRONG_GUESSES ? 'Fair' : 'Strong'
}
