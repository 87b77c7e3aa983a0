import type { FailureMeaning } from '#lib/failure.ts'
import { EMAIL_TAKEN_TEXT, EMAIL_UNDO_HOURS } from './policy.ts'

export const AUTH_FAILURES = {
  AUTH_FAILED: {
    status: 401,
    publicCode: 'AUTH_FAILED',
    message: 'Invalid credentials',
    text: 'Wrong email or password.',
  },
  INVALID_REFRESH_TOKEN: {
    status: 401,
    publicCode: 'INVALID_REFRESH_TOKEN',
    message: 'Invalid refresh token',
    text: 'Log in again.',
  },
  INVALID_LINK: {
    status: 401,
    publicCode: 'INVALID_LINK',
    message: 'Invalid link',
    text: 'This link no longer works. If you have just used it, there is nothing left to do. Otherwise ask for a new one.',
  },
  EMAIL_TAKEN: {
    status: 409,
    publicCode: 'EMAIL_TAKEN',
    message: 'An account with this email address already exists',
    text: EMAIL_TAKEN_TEXT,
  },
  EMAIL_CHANGED_RECENTLY: {
    status: 403,
    publicCode: 'FORBIDDEN',
    message: 'The email address was changed recently',
    text: `The email of this account was changed less than ${EMAIL_UNDO_HOURS} hours ago. Try again later.`,
  },
  RATE_LIMITED: {
    status: 429,
    publicCode: 'RATE_LIMITED',
    message: 'Too many attempts',
    text: 'Too many attempts.',
  },
  BUSY: {
    status: 503,
    publicCode: 'SERVICE_UNAVAILABLE',
    message: 'The server is busy, try again shortly',
    text: 'The server is busy. Try again in a moment.',
  },
  SESSION_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'There is no such session',
    text: 'This device is already logged out.',
  },
  USER_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'There is no such user',
    text: 'There is no such account.',
  },
  OWN_ACCOUNT: {
    status: 403,
    publicCode: 'FORBIDDEN',
    message: 'Administrators cannot disable or demote themselves',
    text: 'You can’t disable your own account or remove your own administrator rights. Ask another administrator.',
  },
  LAST_ADMIN: {
    status: 403,
    publicCode: 'FORBIDDEN',
    message: 'This is the last enabled administrator',
    text: 'This is the last administrator who can log in. Make someone else an administrator first.',
  },
  BLOCK_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'This address is not blocked',
    text: 'Nothing was done: this address is not blocked.',
  },
  PASSWORD_CHANGE_REQUIRED: {
    status: 403,
    publicCode: 'FORBIDDEN',
    message: 'Password change required: see /settings/password',
    text: 'Change your password first.',
  },
  EMAIL_NOT_CONFIRMED: {
    status: 403,
    publicCode: 'EMAIL_NOT_CONFIRMED',
    message: 'Confirm the email address first: POST /api/auth/email/resend sends a link',
    text: 'Confirm your email first.',
  },
  EVENT_NOT_FOUND: {
    status: 404,
    publicCode: 'NOT_FOUND',
    message: 'There is no such event',
    text: 'This event is no longer available. If in doubt, change your password.',
  },
  COOKIES_REFUSED: {
    status: 400,
    publicCode: 'BAD_REQUEST',
    message: 'The browser blocks cookies',
    text: 'Your browser blocks this site’s cookies, so you can’t stay logged in. Nothing was done. Allow cookies for this site, then try again.',
  },
  INVALID_INPUT: {
    status: 400,
    publicCode: 'BAD_REQUEST',
    message: 'Validation error',
    text: 'Check what you typed.',
  },
} satisfies Record<string, FailureMeaning>

export type AuthFailureCode = keyof typeof AUTH_FAILURES
