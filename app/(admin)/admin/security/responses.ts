import { DAY_SECONDS, HOUR_MS, HOUR_SECONDS } from '#lib/time.ts'

/** For how long an address can be blocked. */
export const BLOCKS = {
  'block-hour': { seconds: HOUR_SECONDS },
  'block-day': { seconds: DAY_SECONDS },
} as const

/** The blocks that would last an hour longer than the one there is: a second one replaces the first, so a shorter one would end it early. */
export function longerBlocks(blockedUntil: Date | null, now: Date): (keyof typeof BLOCKS)[] {
  const least = (blockedUntil ?? now).getTime() + HOUR_MS
  return (['block-hour', 'block-day'] as const).filter(
    (block) => now.getTime() + BLOCKS[block].seconds * 1000 >= least,
  )
}

/** What can be done about a finding or a block: the button, and what is true afterwards. `to` is the network. */
export const RESPONSES = {
  'block-hour': {
    button: (to: string) => `Block ${to} for an hour`,
    done: 'The address is blocked for an hour.',
  },
  'block-day': { button: (to: string) => `Block ${to} for a day`, done: 'The address is blocked for a day.' },
  unblock: { button: 'Unblock', done: 'The address is not blocked any more.' },
  'end-sessions': { button: 'End all sessions', done: 'All sessions of the account have ended.' },
  'require-password-change': {
    button: 'Require a password change',
    done: 'The account’s sessions have ended, and it has to change its password at the next log-in.',
  },
  handled: { button: 'Mark as handled', done: 'The finding is closed.' },
} as const

export type Answer = keyof typeof RESPONSES

export function isResponse(text: unknown): text is Answer {
  return typeof text === 'string' && Object.hasOwn(RESPONSES, text)
}
