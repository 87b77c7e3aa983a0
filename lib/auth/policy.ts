import { DAY_SECONDS } from '#lib/time.ts'

/** The numbers of authentication, with their units. Environment variables override some (lib/env). */

export const ACCESS_TOKEN_TTL_SECONDS = 15 * 60
export const REFRESH_TOKEN_TTL_SECONDS = 7 * DAY_SECONDS
export const SESSION_TTL_SECONDS = 30 * DAY_SECONDS
/** A session that is not kept ends after a day, whatever its browser does (ASVS 7.3.2). */
export const NON_PERSISTENT_SESSION_TTL_SECONDS = DAY_SECONDS
/** How long a rotated refresh token is still read as a race and not as theft. */
export const ROTATION_GRACE_SECONDS = 10
/** How long a form that is sent again gets the session that it started. A first refresh token stays unused for longer. */
export const DOUBLE_SUBMISSION_SECONDS = 30
export const CLOCK_TOLERANCE_SECONDS = 5
export const LAST_SEEN_INTERVAL_SECONDS = 60
/** How many active sessions an account may have; a log-in beyond ends the one that was seen least recently. */
export const ACTIVE_SESSIONS_LIMIT = 100
/** How many are listed, and how many end with an event each. More have only accounts from before the limit. */
export const SESSION_BATCH_SIZE = 200

export const BCRYPT_COST = 12
/** base64(HMAC-SHA-256(pepper, password in NFC)) into bcrypt. A change of the recipe gets a new number. */
export const PASSWORD_SCHEME = 2
/** How long a request that hashes passwords may wait for its turn before it is answered 503. */
export const PASSWORD_WAIT_SECONDS = 5
/** How many requests that have no chance of a turn in time may wait all the same. */
export const PASSWORD_QUEUE_LIMIT = 1024
export const PASSWORD_MIN_LENGTH = 8
export const PASSWORD_MAX_LENGTH = 128
/**
 * UTF-16 units of a password as it is sent: bounds the work. A character in NFC comes from 4 code points at most, so 128
 * of them always fit.
 */
export const CREDENTIAL_MAX_LENGTH = 1024
/** A new password that takes fewer guesses is refused. Against one account the throttles allow 100 an hour, 876,000 a year. */
export const PASSWORD_MIN_GUESSES = 10 ** 6
/** From here on a password is called strong. */
export const PASSWORD_STRONG_GUESSES = 10 ** 10
/** From this length on a password needs no mixture of characters. */
export const PASSPHRASE_MIN_LENGTH = 15
/** The rules as users read them before they type. */
export const PASSWORD_RULES = `At least ${PASSPHRASE_MIN_LENGTH} characters (a few words work well), or at least ${PASSWORD_MIN_LENGTH} with upper case, lower case and a number. Nothing easy to guess, such as a name and a year.`

/** A browser that was not used to log in for so long is no longer known: as long as cookies live (RFC 6265bis 5.5). */
export const KNOWN_COOKIE_DAYS = 400
/** The same for the network of a client program, which others may have by then. */
export const KNOWN_NETWORK_DAYS = 30
export const KNOWN_DEVICES_LIMIT = 50

/** How long text waits for its account to log in again, and how long it is shown after that. */
export const DRAFT_HOURS = 24
/** Forms per account. */
export const DRAFTS_LIMIT = 10
export const SHOWN_DRAFT_MINUTES = 10
