import { z } from 'zod'
import { normalisePassword } from '#lib/auth/password/normalise-password.ts'
import {
  CREDENTIAL_MAX_LENGTH,
  PASSPHRASE_MIN_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
} from '#lib/auth/policy.ts'
import { countCharacters, isStorable, plainText, timeZoneSchema } from '#lib/text-schema.ts'
import { INVISIBLE, trimInvisible } from '#lib/visible-text.ts'
import { normaliseEmail } from './normalise-email.ts'

const NAME_MAX_LENGTH = 100
const CONTAINED_LOCAL_PART_MIN_LENGTH = 4

const ENTER_EMAIL = 'Enter an email address like name@example.com.'
const UNSEEN_IN_EMAIL =
  'This email address contains an invisible character. Delete the address and type it by hand.'
const ENTER_PASSWORD = 'Enter a password.'
const ENTER_NEW_PASSWORD = 'Enter a new password.'
const ENTER_YOUR_PASSWORD = 'Enter your password.'
const ENTER_CURRENT_PASSWORD = 'Enter your current password.'
const BROKEN_PASSWORD = 'Type the password again: it contains a broken character.'
const SEND_LINK_TOKEN = 'Send the token of the link.'
const CONTAINS_EMAIL = 'Choose a password that does not contain your email address.'

const emailSchema = z
  .string(ENTER_EMAIL)
  .max(CREDENTIAL_MAX_LENGTH, ENTER_EMAIL)
  .transform((text, context) => {
    const email = normaliseEmail(text)
    if (email !== null) return email
    context.addIssue(INVISIBLE.test(trimInvisible(text)) ? UNSEEN_IN_EMAIL : ENTER_EMAIL)
    return z.NEVER
  })

const MIXTURE = [
  [/\p{Lu}/u, 'an upper-case letter'],
  [/\p{Ll}/u, 'a lower-case letter'],
  [/\p{Nd}/u, 'a number'],
] as const
const wordList = new Intl.ListFormat('en')

/** Length and characters of a new password (ASVS 6.2.1, 6.2.9), in one sentence. */
function findPasswordProblem(password: string, whenEmpty: string): string | null {
  const length = countCharacters(password)
  if (length === 0) return whenEmpty
  // UTF-8 writes every lone surrogate as one and the same character. NUL is a character like any other.
  if (!password.isWellFormed()) return BROKEN_PASSWORD
  if (length > PASSWORD_MAX_LENGTH) return `Use at most ${PASSWORD_MAX_LENGTH} characters.`
  if (length >= PASSPHRASE_MIN_LENGTH) return null
  const isShort = length < PASSWORD_MIN_LENGTH
  const missing = MIXTURE.filter(([pattern]) => !pattern.test(password)).map(([, words]) => words)
  if (missing.length === 0) return isShort ? `Use at least ${PASSWORD_MIN_LENGTH} characters.` : null
  const add = isShort ? `Use at least ${PASSWORD_MIN_LENGTH} characters with` : 'Add'
  return `${add} ${wordList.format(missing)}, or use at least ${PASSPHRASE_MIN_LENGTH} characters.`
}

/** Whether it is worth an estimate of its strength. */
export function hasAllowedLength(password: string): boolean {
  const length = countCharacters(password)
  return length >= PASSWORD_MIN_LENGTH && length <= PASSWORD_MAX_LENGTH
}

function chosenPasswordSchema(whenEmpty: string) {
  return z
    .string(whenEmpty)
    .transform((text) => {
      const canBeNormalised = text.isWellFormed() && text.length <= CREDENTIAL_MAX_LENGTH
      return canBeNormalised ? normalisePassword(text) : text
    })
    .superRefine((password, context) => {
      const message = findPasswordProblem(password, whenEmpty)
      // `continue`: the checks that follow run, too, so that all problems are reported together.
      if (message) context.addIssue({ code: 'custom', message, continue: true })
    })
}

function containsLocalPart(password: string, email: string): boolean {
  const localPart = email.slice(0, email.lastIndexOf('@'))
  const isLongEnough = localPart.length >= CONTAINED_LOCAL_PART_MIN_LENGTH
  return isLongEnough && password.toLowerCase().includes(localPart)
}

/** Leaves it to `estimateStrength` whether the password is easy to guess. @param email normalised */
export function newPasswordSchema(email: string) {
  return chosenPasswordSchema(ENTER_NEW_PASSWORD).refine(
    (password) => !containsLocalPart(password, email),
    CONTAINS_EMAIL,
  )
}

/** As typed: the stored hash decides whether to normalise it. The rules for new passwords don't apply. */
function givenPasswordSchema(whenEmpty: string) {
  return z
    .string(whenEmpty)
    .min(1, whenEmpty)
    .max(CREDENTIAL_MAX_LENGTH, `Use at most ${CREDENTIAL_MAX_LENGTH} characters.`)
    .refine((password) => password.isWellFormed(), BROKEN_PASSWORD)
}

const nameSchema = plainText(NAME_MAX_LENGTH).transform((name) => name || null)

export const profileSchema = z.object({ name: nameSchema, time_zone: timeZoneSchema })

export const signUpSchema = z
  .object({
    email: emailSchema,
    password: chosenPasswordSchema(ENTER_PASSWORD),
    name: nameSchema.nullish().transform((name) => name ?? null),
  })
  .refine(({ email, password }) => !containsLocalPart(password, email), {
    path: ['password'],
    error: CONTAINS_EMAIL,
  })

export const logInSchema = z.object({
  email: emailSchema,
  password: givenPasswordSchema(ENTER_YOUR_PASSWORD),
})

export const deleteAccountSchema = z.object({ password: givenPasswordSchema(ENTER_YOUR_PASSWORD) })

/** @param email normalised */
export function changePasswordSchema(email: string) {
  return z.object({
    current_password: givenPasswordSchema(ENTER_CURRENT_PASSWORD),
    new_password: newPasswordSchema(email),
  })
}

export const changeEmailSchema = z.object({
  email: emailSchema,
  password: givenPasswordSchema(ENTER_YOUR_PASSWORD),
})

/** The form names the new address `address`: the drafts of ended sessions keep a field of this name. */
export const changeEmailFormSchema = z.object({
  address: emailSchema,
  password: givenPasswordSchema(ENTER_YOUR_PASSWORD),
})

export const forgotPasswordSchema = z.object({ email: emailSchema })

const linkTokenSchema = z
  .string(SEND_LINK_TOKEN)
  .min(1, SEND_LINK_TOKEN)
  .max(CREDENTIAL_MAX_LENGTH, SEND_LINK_TOKEN)
  .refine(isStorable, SEND_LINK_TOKEN)

export const confirmEmailSchema = z.object({ token: linkTokenSchema })

export const resetPasswordSchema = z.object({
  token: linkTokenSchema,
  // Only the link shows whose address it may not contain: `resetPassword` checks that.
  password: chosenPasswordSchema(ENTER_NEW_PASSWORD),
})

/** @param email normalised */
export function resetFormSchema(email: string) {
  return z.object({ password: newPasswordSchema(email) })
}
