import type { EventDefinition } from './definition.ts'

const NOTIFIED = 'the administrators have been notified'

export const ACCOUNT_EVENTS = {
  password_changed: {
    kind: 'password',
    mayDisown: true,
    success: 'Password changed',
    failure: {
      sentence: 'Password not changed',
      reasons: { wrong_password: 'Password not changed: wrong current password' },
    },
  },
  profile_changed: { kind: 'other', mayDisown: true, success: 'Profile changed' },
  account_deletion_requested: {
    kind: 'other',
    mayDisown: true,
    success: 'Deletion of the account requested',
    failure: {
      sentence: 'Account not deleted',
      reasons: {
        wrong_password: 'Account not deleted: wrong password',
        email_changed_recently: 'Account not deleted: its email address had been changed shortly before',
        last_admin: 'Account not deleted: no other administrator would be left',
      },
    },
  },
  account_deletion_cancelled: {
    kind: 'other',
    mayDisown: true,
    success: 'Account kept: it logged in, or was secured, before its deletion',
  },
  account_deleted: { kind: 'other', mayDisown: false, success: 'Account deleted' },
  password_reset_requested: {
    kind: 'password',
    // A stranger who did this did not get near the account.
    mayDisown: false,
    success: 'Link to reset the password sent',
    failure: {
      sentence: 'Link to reset the password not sent',
      reasons: {
        unknown_account: 'Link to reset the password not sent: no account has this email address',
        account_disabled: 'Link to reset the password not sent: the account is disabled',
        too_many_emails: 'Link to reset the password not sent: too many in an hour',
      },
    },
  },
  password_reset: {
    kind: 'password',
    mayDisown: true,
    success: 'Password changed with a link from an email',
    failure: {
      sentence: 'Password not changed with a link',
      reasons: {
        unknown_link: 'Password not changed: the link was used, replaced or never sent',
        link_expired: 'Password not changed: the link had expired',
        account_changed: 'Password not changed: the account had logged in or changed since the link was sent',
        account_disabled: 'Password not changed with a link: the account is disabled',
      },
    },
  },
  account_secured: {
    kind: 'password',
    mayDisown: true,
    success: 'Account secured with a link from an email: its password no longer works',
    failure: {
      sentence: 'Account not secured with a link',
      reasons: {
        unknown_link: 'Account not secured: the link was used or never sent',
        link_expired: 'Account not secured: the link had expired',
        account_changed: 'Account not secured: the account had changed since the link was sent',
        account_disabled: 'Account not secured with a link: the account is disabled',
      },
    },
  },
  email_confirmation_requested: {
    kind: 'other',
    mayDisown: true,
    success: 'Link to confirm the email address sent again',
  },
  email_confirmed: {
    kind: 'other',
    mayDisown: false,
    success: 'Email address confirmed',
    failure: {
      sentence: 'Email address not confirmed',
      reasons: {
        unknown_link: 'Email address not confirmed: the link was used, replaced or never sent',
        link_expired: 'Email address not confirmed: the link had expired',
        account_changed: 'Email address not confirmed: the account has another one by now',
        account_disabled: 'Email address not confirmed: the account is disabled',
        email_taken: 'Email address not changed: another account has the new one',
      },
    },
  },
  access_denied: {
    kind: 'other',
    mayDisown: true,
    failure: {
      sentence: 'Access refused',
      reasons: {
        foreign_path: 'Access to another account’s path refused',
        foreign_task: {
          sentence: 'Access to another account’s task refused',
          details: { task_id: 'string' },
        },
        foreign_change: {
          sentence: 'Access to another account’s change refused',
          details: { batch_id: 'string' },
        },
        foreign_list: {
          sentence: 'Access to another account’s list refused',
          details: { list_id: 'string' },
        },
        foreign_session: {
          sentence: 'Access to another account’s session refused',
          details: { session_id: 'string' },
        },
        foreign_event: {
          sentence: 'Access to another account’s event refused',
          details: { event_id: 'string' },
        },
        not_an_administrator: 'Access to an administrator’s page refused',
      },
    },
  },
  event_disowned: {
    kind: 'other',
    mayDisown: false,
    success: { sentence: 'An event was marked “This wasn’t me”', details: { event_id: 'string' } },
  },
  mail_failed: {
    kind: 'other',
    mayDisown: false,
    failure: {
      sentence: 'Email not delivered',
      details: { mail: 'string' },
      reasons: {
        refused: 'Email not delivered: the mail server refused it',
        unavailable: 'Email not delivered: the mail server could not be reached in time',
        expired: 'Email not delivered: its link expired before it could be sent',
        unreadable: 'Email not delivered: JWT_SECRET has lost the secret that it was sealed with',
      },
    },
  },
  alert: {
    kind: 'other',
    mayDisown: true,
    success: {
      sentence: `Suspicious activity; ${NOTIFIED}`,
      details: {
        finding_id: 'string',
        pattern: {
          account_failures: `Many failed log-ins; ${NOTIFIED}`,
          password_spraying: `One network tried passwords on many accounts; ${NOTIFIED}`,
          address_failures: `Many failed log-ins from one network; ${NOTIFIED}`,
          login_after_failures: `A log-in after many failed ones; ${NOTIFIED}`,
          refresh_token_reuse: `A session’s key was used twice; ${NOTIFIED}`,
          session_two_networks: `One session in two far-apart networks; ${NOTIFIED}`,
          signup_burst: `Many new accounts; ${NOTIFIED}`,
        },
        confidence: ['low', 'medium', 'high'],
        'network?': 'string',
      },
    },
    failure: { sentence: 'Suspicious activity', reasons: {} },
  },
} as const satisfies Record<string, EventDefinition>
