/** What an administrator can do to an account. `question` and `effect` are the text of the confirmation. */
export const ACCOUNT_ACTIONS = {
  disable: {
    button: 'Disable account',
    question: 'Disable this account?',
    effect: 'All its sessions end immediately. No one can log in to it until you enable it again.',
    done: 'Account disabled. All its sessions have ended.',
    dangerous: true,
  },
  enable: {
    button: 'Enable account',
    question: 'Enable this account?',
    effect: 'Its owner can log in again.',
    done: 'Account enabled.',
    dangerous: false,
  },
  'end-sessions': {
    button: 'End all sessions',
    question: 'End all sessions of this account?',
    effect: 'This logs out every device immediately. The owner can log in again.',
    done: 'All sessions of this account have ended.',
    dangerous: true,
  },
  'require-password-change': {
    button: 'Require a password change',
    question: 'Require a password change?',
    effect:
      'All sessions end immediately. After the next log-in, the owner must choose a new password before doing anything else.',
    done: 'All sessions have ended. A new password is required at the next log-in.',
    dangerous: true,
  },
  'make-admin': {
    button: 'Make administrator',
    question: 'Make this account an administrator?',
    effect: 'They can see all accounts and events, and disable other accounts.',
    done: 'This account is now an administrator.',
    dangerous: true,
  },
  'make-user': {
    button: 'Remove administrator rights',
    question: 'Remove administrator rights from this account?',
    effect: 'They lose access to these pages immediately.',
    done: 'This account is no longer an administrator.',
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
