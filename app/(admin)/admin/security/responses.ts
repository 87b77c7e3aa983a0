import { DAY_SECONDS, HOUR_MS, HOUR_SECONDS } from '#lib/time.ts'

export const BLOCKS = {
  'block-hour': { seconds: HOUR_SECONDS },
  'block-day': { seconds: DAY_SECONDS },
} as const

/** The blocks that end at least an hour after the present one. A block replaces the one before, so a shorter one would cut it. */
function longerBlocks(blockedUntil: Date | null, now: Date): (keyof typeof BLOCKS)[] {
  const least = (blockedUntil ?? now).getTime() + HOUR_MS
  return (['block-day', 'block-hour'] as const).filter(
    (block) => now.getTime() + BLOCKS[block].seconds * 1000 >= least,
  )
}

type Confirmed = { question: (to: string) => string; effect: string }

const BLOCK_EFFECT =
  'Log-ins and sign-ups from this address are refused, also those of other users behind it. Browsers that an account knows can still log in, and sessions continue.'

/**
 * What an administrator can do about a finding or a block: the button, and the notice afterwards. `to` is a network or an
 * account's email. Responses that shut users out ask first.
 */
export const RESPONSES = {
  'block-hour': {
    button: (to) => `Block ${to} for an hour`,
    done: 'The address is blocked for an hour.',
    confirm: { question: (to) => `Block ${to} for an hour?`, effect: BLOCK_EFFECT },
  },
  'block-day': {
    button: (to) => `Block ${to} for a day`,
    done: 'The address is blocked for a day.',
    confirm: { question: (to) => `Block ${to} for a day?`, effect: BLOCK_EFFECT },
  },
  unblock: { button: 'Unblock', done: 'The address is no longer blocked.' },
  'end-sessions': {
    button: 'End all sessions',
    done: 'All sessions of the account have ended.',
    confirm: {
      question: (to) => `End all sessions of ${to}?`,
      effect: 'This logs out every device immediately. Anyone who knows the password can log in again.',
    },
  },
  'require-password-change': {
    button: 'Require a password change',
    done: 'All sessions have ended. The account must choose a new password at its next log-in.',
    confirm: {
      question: (to) => `Require ${to} to change the password?`,
      effect:
        'All sessions end immediately. After the next log-in, the owner must choose a new password before doing anything else.',
    },
  },
  handled: { button: 'Mark as handled', done: 'The finding is closed.' },
} as const satisfies Record<
  string,
  { button: string | ((to: string) => string); done: string; confirm?: Confirmed }
>

export type FindingResponse = keyof typeof RESPONSES

export function isResponse(text: unknown): text is FindingResponse {
  return typeof text === 'string' && Object.hasOwn(RESPONSES, text)
}

export type Offer = {
  response: FindingResponse
  /** What the response is sent for: a network, an account's id or a finding's id. */
  target: string
  /** The same in words. */
  to: string
}

type OfferedFor = {
  id: string
  text: string
  /** The account that an attacker may be logged in to. */
  account: { id: string; name: string } | null
  network: string | null
  blockedUntil: Date | null
}

/** The responses to an open finding, the one that helps most first. */
export function listResponses({ id, text, account, network, blockedUntil }: OfferedFor, now: Date): Offer[] {
  const ofAccount = account
    ? (['require-password-change', 'end-sessions'] as const).map((response) => ({
        response,
        target: account.id,
        to: account.name,
      }))
    : []
  const blocks = network ? longerBlocks(blockedUntil, now) : []
  return [
    ...ofAccount,
    ...blocks.map((response) => ({ response, target: network ?? '', to: network ?? '' })),
    { response: 'handled', target: id, to: text },
  ]
}
