import { z } from 'zod'
import { normalisePassword } from '#lib/auth/password/normalise-password.ts'
import {
  CREDENTIAL_MAX_LENGTH,
  PASSPHRASE_MIN_LENGTH,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
} from '#lib/auth/policy.ts'
import { countCharacters, INVISIBLE, isStorable, plainText, trimInvisible } from '#lib/text-schema.ts'

const EMAIL_MAX_LENGTH = 254
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
const CONTAINS_EMAIL = 'Choose a password that does not contain your email address.'
const SEND_REFRESH_TOKEN = 'Send the refresh token that you received last.'

// RFC 5321 dot-atom in ASCII. Without the `i` flag, and tested before lower-casing: the Kelvin sign U+212A is no "k".
const LOCAL_PART = /^(?=.{1,64}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
const UNICODE_DOMAIN = /^[A-Za-z0-9.\-\P{ASCII}]+$/u
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
// At least two labels, and no IPv4 address.
const ASCII_DOMAIN = new RegExp(`^(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`)

/** The domain in lower case and ASCII form (UTS 46), or null where it is none. */
function toAsciiDomain(domain: string): string | null {
  const url = `http://${domain}`
  // The pattern first: a URL would also take a port, a path, an escape or another host after "@".
  if (!UNICODE_DOMAIN.test(domain) || !URL.canParse(url)) return null
  const { hostname } = new URL(url)
  return ASCII_DOMAIN.test(hostname) ? hostname : null
}

/**
 * The one spelling under which an account is known: without invisible characters around it, lower-cased, domain in ASCII
 * form; null where the text is no address (docs/decisions/0009-email-addresses.md). Narrower than RFC 5322 on purpose:
 * no quotes, comments, IP literals, line breaks or single-label domains.
 */
export function normaliseEmail(text: string): string | null {
  // With all that surrounds it: each character costs several look-ups.
  if (text.length > CREDENTIAL_MAX_LENGTH || !text.isWellFormed() || /[\r\n]/.test(text)) return null
  // A "%" would have to be decoded in a link, and is an ordinary character in an address.
  const address = trimInvisible(trimInvisible(text).replace(/^mailto:(?!.*%)/i, '')).replaceAll(
    /[＠﹫]/g,
    '@',
  )
  const at = address.lastIndexOf('@')
  const localPart = address.slice(0, at)
  if (address.length > EMAIL_MAX_LENGTH || at < 0 || !LOCAL_PART.test(localPart)) return null
  const domain = toAsciiDomain(address.slice(at + 1))
  const email = `${localPart.toLowerCase()}@${domain}`
  return domain && email.length <= EMAIL_MAX_LENGTH ? email : null
}

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

/** What a new password lacks, as a sentence to act on, or null (contract 2.1; ASVS 6.2.1, 6.2.9). */
function findPasswordProblem(password: string, whenEmpty: string): string | null {
  const length = countCharacters(password)
  if (length === 0) return whenEmpty
  // NUL is a character like any other here, but UTF-8 makes all lone surrogates one.
  if (!password.isWellFormed()) return BROKEN_PASSWORD
  if (length < PASSWORD_MIN_LENGTH) return `Use at least ${PASSWORD_MIN_LENGTH} characters.`
  if (length > PASSWORD_MAX_LENGTH) return `Use at most ${PASSWORD_MAX_LENGTH} characters.`
  if (length >= PASSPHRASE_MIN_LENGTH) return null
  const missing = MIXTURE.filter(([pattern]) => !pattern.test(password)).map(([, words]) => words)
  if (missing.length === 0) return null
  return `Add ${wordList.format(missing)}, or use at least ${PASSPHRASE_MIN_LENGTH} characters.`
}

/** The password of a new account or of a password change, in NFC. */
function chosenPasswordSchema(whenEmpty: string) {
  return z.string(whenEmpty).transform((text, context) => {
    const canBeNormalised = text.isWellFormed() && text.length <= CREDENTIAL_MAX_LENGTH
    const password = canBeNormalised ? normalisePassword(text) : text
    const problem = findPasswordProblem(password, whenEmpty)
    if (!problem) return password
    context.addIssue(problem)
    return z.NEVER
  })
}

function containsLocalPart(password: string, email: string): boolean {
  const localPart = email.slice(0, email.lastIndexOf('@'))
  const isLongEnough = localPart.length >= CONTAINED_LOCAL_PART_MIN_LENGTH
  return isLongEnough && password.toLowerCase().includes(localPart)
}

/** A new password for the account of a normalised e-mail. Whether it is easy to guess, `estimateStrength` says. */
export function newPasswordSchema(email: string) {
  return chosenPasswordSchema(ENTER_NEW_PASSWORD).refine(
    (password) => !containsLocalPart(password, email),
    CONTAINS_EMAIL,
  )
}

/**
 * A password to be checked, as it was typed: its hash decides whether that is normalised. Sign-up's rules are not asked:
 * what they refuse is simply wrong.
 */
function givenPasswordSchema(whenEmpty: string) {
  return z
    .string(whenEmpty)
    .min(1, whenEmpty)
    .max(CREDENTIAL_MAX_LENGTH, `Use at most ${CREDENTIAL_MAX_LENGTH} characters.`)
    .refine((password) => password.isWellFormed(), BROKEN_PASSWORD)
}

/** Trimmed, 1 to 100 characters; absent, null and empty are null. */
const nameSchema = plainText(NAME_MAX_LENGTH)
  .nullish()
  .transform((name) => name || null)

export const signUpSchema = z
  .object({ email: emailSchema, password: chosenPasswordSchema(ENTER_PASSWORD), name: nameSchema })
  .refine(({ email, password }) => !containsLocalPart(password, email), {
    path: ['password'],
    error: CONTAINS_EMAIL,
  })

export const logInSchema = z.object({
  email: emailSchema,
  password: givenPasswordSchema(ENTER_YOUR_PASSWORD),
})

/** A password change on the page, for the account of a normalised e-mail. */
export function changePasswordSchema(email: string) {
  return z.object({
    current_password: givenPasswordSchema(ENTER_CURRENT_PASSWORD),
    new_password: newPasswordSchema(email),
  })
}

export const refreshSchema = z.object({
  refresh_token: z
    .string(SEND_REFRESH_TOKEN)
    .min(1, SEND_REFRESH_TOKEN)
    .max(CREDENTIAL_MAX_LENGTH, SEND_REFRESH_TOKEN)
    .refine(isStorable, SEND_REFRESH_TOKEN),
})
