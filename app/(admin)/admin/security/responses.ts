import { DAY_SECONDS, HOUR_MS, HOUR_SECONDS } from '#lib/time.ts'

export const BLOCKS = {
  'block-hour': { seconds: HOUR_SECONDS },
  'block-day': { seconds: DAY_SECONDS },
} as const

/** The blocks that end at least an hour after the present one. A block replaces the one before, so a shorter one would cut it. */
export function longerBlocks(blockedUntil: Date | null, now: Date): (keyof typeof BLOCKS)[] {
  const least = (blockedUntil ?? now).getTime() + HOUR_MS
  return (['block-hour', 'block-day'] as const).filter(
    (block) => now.getTime() + BLOCKS[block].seconds * 1000 >= least,
  )
}

/** What an administrator can do about a finding or a block: the button, and the notice afterwards. `to` is the network. */
export const RESPONSES = {
  'block-hour': {
    button: (to: string) => `Block ${to} for an hour`,
    done: 'The address is blocked for an hour.',
  },
  'block-day': { button: (to: string) => `Block ${to} for a day`, done: 'The address is blocked for a day.' },
  unblock: { button: 'Unblock', done: 'The address is no longer blocked.' },
  'end-sessions': { button: 'End all sessions', done: 'All sessions of the account have ended.' },
  'require-password-change': {
    button: 'Require a password change',
    done: 'All sessions have ended. The account must choose a new password at its next log-in.',
  },
  handled: { button: 'Mark as handled', done: 'The finding is closed.' },
} as const

export type FindingResponse = keyof typeof RESPONSES

export function isResponse(text: unknown): text is FindingResponse {
  return typeof text === 'string' && Object.hasOwn(RESPONSES, text)
}
