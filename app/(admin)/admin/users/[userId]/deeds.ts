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

type Account = {
  role: 'user' | 'admin'
  disabledAt: Date | null
  passwordChangeRequiredAt: Date | null
  sessionCount: number
}

/** Whether an account is already as a deed would make it. */
const IS_SO: Record<Deed, (account: Account) => boolean> = {
  'end-sessions': ({ sessionCount }) => sessionCount === 0,
  'require-password-change': ({ passwordChangeRequiredAt }) => passwordChangeRequiredAt !== null,
  'make-admin': ({ role }) => role === 'admin',
  'make-user': ({ role }) => role === 'user',
  disable: ({ disabledAt }) => disabledAt !== null,
  enable: ({ disabledAt }) => disabledAt === null,
}

export function isSo(deed: Deed, account: Account): boolean {
  return IS_SO[deed](account)
}

/** Nobody disables or demotes himself (lib/operator/refuse-lock-out.ts). */
const BY_OTHERS_ALONE: Deed[] = ['make-user', 'disable']

/** What can be done to an account as it is, in the order of the buttons. */
export function deedsFor(account: Account, isSelf: boolean): Deed[] {
  return Object.keys(IS_SO)
    .filter(isDeed)
    .filter((deed) => !isSo(deed, account) && !(isSelf && BY_OTHERS_ALONE.includes(deed)))
}
