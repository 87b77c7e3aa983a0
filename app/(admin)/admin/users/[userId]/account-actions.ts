/** What an administrator can do to an account. `question` and `effect` are the text of the confirmation. */
export const ACCOUNT_ACTIONS = {
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

export type AccountAction = keyof typeof ACCOUNT_ACTIONS

export function isAccountAction(text: unknown): text is AccountAction {
  return typeof text === 'string' && Object.hasOwn(ACCOUNT_ACTIONS, text)
}

type Account = {
  role: 'user' | 'admin'
  disabledAt: Date | null
  passwordChangeRequiredAt: Date | null
  sessionCount: number
}

/** In the order of the buttons. */
const IN_EFFECT: Record<AccountAction, (account: Account) => boolean> = {
  'end-sessions': ({ sessionCount }) => sessionCount === 0,
  'require-password-change': ({ passwordChangeRequiredAt }) => passwordChangeRequiredAt !== null,
  'make-admin': ({ role }) => role === 'admin',
  'make-user': ({ role }) => role === 'user',
  disable: ({ disabledAt }) => disabledAt !== null,
  enable: ({ disabledAt }) => disabledAt === null,
}

/** Whether the action would leave the account as it is. */
export function isInEffect(action: AccountAction, account: Account): boolean {
  return IN_EFFECT[action](account)
}

/** Administrators cannot lock themselves out (lib/operator/prevent-lock-out.ts). */
const REFUSED_ON_SELF: AccountAction[] = ['make-user', 'disable']

/** The actions to offer for an account, in the order of the buttons. */
export function availableActions(account: Account, isSelf: boolean): AccountAction[] {
  return Object.keys(IN_EFFECT)
    .filter(isAccountAction)
    .filter((action) => !isInEffect(action, account) && !(isSelf && REFUSED_ON_SELF.includes(action)))
}
