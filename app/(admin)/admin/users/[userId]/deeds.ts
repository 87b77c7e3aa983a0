/** What an operator can do to an account, in words. `question` and `effect` make the second step. */
export const DEEDS = {
  disable: {
    button: 'Disable account',
    question: 'Disable this account?',
    effect: 'All its sessions end at once, and nobody can log in to it until it is enabled again.',
    done: 'The account is disabled, and all its sessions have ended.',
    dangerous: true,
  },
  enable: {
    button: 'Enable account',
    question: 'Enable this account?',
    effect: 'Whoever knows its password can log in again.',
    done: 'The account is enabled.',
    dangerous: false,
  },
  'end-sessions': {
    button: 'End all sessions',
    question: 'End all sessions of this account?',
    effect: 'Every device is logged out at once. It can log in again.',
    done: 'All sessions of the account have ended.',
    dangerous: true,
  },
  'require-password-change': {
    button: 'Require a password change',
    question: 'Require a password change?',
    effect:
      'All sessions end at once. After the next log-in the account can do nothing but change its password.',
    done: 'The account has to change its password at the next log-in.',
    dangerous: true,
  },
  'make-admin': {
    button: 'Make administrator',
    question: 'Make this account an administrator?',
    effect: 'It can see all accounts and events, and disable anybody.',
    done: 'The account is an administrator now.',
    dangerous: true,
  },
  'make-user': {
    button: 'Make ordinary user',
    question: 'Take the administrator’s rights from this account?',
    effect: 'From its next request on, these pages do not exist for it.',
    done: 'The account is an ordinary user now.',
    dangerous: true,
  },
} as const

export type Deed = keyof typeof DEEDS

export function isDeed(text: unknown): text is Deed {
  return typeof text === 'string' && Object.hasOwn(DEEDS, text)
}

/** What can be done to an account as it is. */
export function deedsFor(
  account: { role: 'user' | 'admin'; disabledAt: Date | null },
  sessions: number,
): Deed[] {
  return [
    ...(sessions > 0 ? (['end-sessions'] as const) : []),
    'require-password-change',
    account.role === 'admin' ? 'make-user' : 'make-admin',
    account.disabledAt ? 'enable' : 'disable',
  ]
}
