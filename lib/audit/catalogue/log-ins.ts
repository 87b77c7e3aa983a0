import type { EventDefinition } from './definition.ts'

const TOO_MANY_FAILED_LOG_INS = 'Too many failed log-ins'

export const LOG_IN_EVENTS = {
  signup: {
    kind: 'log-ins',
    mayDisown: true,
    success: 'Account created',
    failure: {
      sentence: 'Sign-up refused',
      reasons: {
        // A stranger who did this did not get near the account.
        email_taken: { sentence: 'Someone tried to sign up with this account’s email', mayDisown: false },
      },
    },
  },
  login: { kind: 'log-ins', mayDisown: true, success: 'Logged in' },
  login_failed: {
    kind: 'failed-log-in',
    // A stranger who did this did not get near the account.
    mayDisown: false,
    failure: {
      sentence: 'Failed log-in',
      reasons: {
        wrong_password: 'Wrong password',
        unknown_account: 'Log-in with an unknown email address',
        account_disabled: 'Log-in to a disabled account',
        account_changed: 'Log-in refused because the account changed in the meantime',
      },
    },
  },
  throttled: {
    kind: 'other',
    mayDisown: false,
    failure: {
      sentence: 'Too many attempts',
      reasons: {
        'login.pair': TOO_MANY_FAILED_LOG_INS,
        'login.pair.hour': TOO_MANY_FAILED_LOG_INS,
        'login.address': TOO_MANY_FAILED_LOG_INS,
        'login.account': 'Too many failed log-ins to the account',
        'login.known': TOO_MANY_FAILED_LOG_INS,
        'login.work': 'Too many log-ins from the same network',
        'login.work.pair': 'Too many log-ins to the account from the same network',
        'signup.address': 'Too many new accounts',
        'signup.tries': 'Too many sign-up attempts',
        'refresh.session': 'Too many renewals of a session',
        'refresh.address': 'Too many refused renewals',
        'password.change': 'Too many attempts to change the password',
        'password.work': 'Too many password changes',
        'profile.change': 'Too many changes of the profile',
        'email.change': 'Too many requests to change the email address',
        'email.address': 'Too many requests to change an email address',
        'email.recipient': 'Too many requests to change to the same email address',
        'account.export': 'Too many downloads of the account’s data',
        'account.import': 'Too many files to import',
        'reset.address': 'Too many requests for a password reset',
        'reset.recipient': 'Too many requests for a reset of the account’s password',
        'confirm.account': 'Too many links to confirm the account’s email',
        'link.address': 'Too many links that do not work',
        'mail.recipient': 'Too many emails of one kind to one address',
        'draft.address': 'Too many forms sent without a session',
        'address.block': 'Refused because the address is blocked',
      },
    },
  },
} as const satisfies Record<string, EventDefinition>
