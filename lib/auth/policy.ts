import { DAY_SECONDS, HOUR_SECONDS } from '#lib/time.ts'

// Environment variables override some of these (lib/env).

export const ACCESS_TOKEN_TTL_SECONDS = 15 * 60
export const REFRESH_TOKEN_TTL_SECONDS = 7 * DAY_SECONDS
export const SESSION_TTL_SECONDS = 30 * DAY_SECONDS
/** The end of a session whose user did not choose to stay logged in, whatever the browser does (ASVS 7.3.2). */
export const NON_PERSISTENT_SESSION_TTL_SECONDS = DAY_SECONDS
/** Within it a used refresh token counts as a race, after it as theft. */
export const ROTATION_GRACE_SECONDS = 10
/** Within it a form sent again gets the session that it started. Shorter than a first refresh token stays unused. */
export const DOUBLE_SUBMISSION_SECONDS = 30
export const CLOCK_TOLERANCE_SECONDS = 5
export const LAST_SEEN_INTERVAL_SECONDS = 60
/** Per account. A further log-in ends the session last seen longest ago. */
export const ACTIVE_SESSIONS_LIMIT = 100
/** At most so many sessions are listed, or end with an event each. Only accounts from before the limit have more. */
export const SESSION_BATCH_SIZE = 200

export const BCRYPT_COST = 12
/** bcrypt of base64(HMAC-SHA-256(pepper, password in NFC)). Another recipe gets another number. */
export const PASSWORD_SCHEME = 2
/** So long a client waits at most for an answer that takes a password. */
export const PASSWORD_WAIT_SECONDS = 5
/** So many requests may be refused immediately within their wait. So many others of the same sites may wait to be refused. */
export const PASSWORD_QUEUE_LIMIT = 1024
export const PASSWORD_MIN_LENGTH = 8
export const PASSWORD_MAX_LENGTH = 128
/** UTF-16 units of a password as sent. 128 characters fit: in NFC each comes from 4 code points at most. */
export const CREDENTIAL_MAX_LENGTH = 1024
/** A new password needs more guesses. The throttles allow 100 an hour against one account, 876,000 a year. */
export const PASSWORD_MIN_GUESSES = 10 ** 6
export const PASSWORD_STRONG_GUESSES = 10 ** 10
/** A password of this length needs no mixture of characters. */
export const PASSPHRASE_MIN_LENGTH = 15
export const PASSWORD_RULES = `At least ${PASSPHRASE_MIN_LENGTH} characters (a few words work well), or at least ${PASSWORD_MIN_LENGTH} with upper case, lower case and a number. Nothing easy to guess, such as a name and a year.`

/** The form for new accounts adds a link to the log-in page. */
export const EMAIL_TAKEN_TEXT = 'This email already has an account.'

/** Since the last log-in. As long as browsers keep cookies (RFC 6265bis section 5.5). */
export const KNOWN_COOKIE_DAYS = 400
/** Shorter than for cookies: a network changes hands. */
export const KNOWN_NETWORK_DAYS = 30
export const KNOWN_DEVICES_LIMIT = 50

/** From the request until an account is deleted. A log-in within it keeps the account. */
export const DELETION_DAYS = 7

/** Until the account logs in again. */
export const DRAFT_HOURS = 24
/** Per account. */
export const DRAFTS_LIMIT = 10
/** After the page has shown it. */
export const SHOWN_DRAFT_MINUTES = 10

/** After these, an account that was never confirmed or used may go to the owner of its address. */
export const ABANDONED_DAYS = 7

/** How long a mailed link works, by its purpose (docs/decisions/0044-links-that-work-once.md). */
export const LINK_SECONDS = {
  reset_password: HOUR_SECONDS,
  secure_account: 7 * DAY_SECONDS,
  confirm_email: DAY_SECONDS,
  change_email: DAY_SECONDS,
  claim_account: HOUR_SECONDS,
}
/** The purposes of the page that sets a password. */
export const PASSWORD_PURPOSES = ['reset_password', 'claim_account'] as const

/** So long the former address can undo a change, and the account can neither change the address again nor be deleted. */
export const EMAIL_UNDO_HOURS = 72
