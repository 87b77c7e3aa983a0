import type { EventDefinition } from './definition.ts'

export const EMAIL_CHANGE_EVENTS = {
  email_change_requested: {
    kind: 'other',
    mayDisown: true,
    success: 'Change of the email address requested',
    failure: {
      sentence: 'Email address not changed',
      reasons: {
        wrong_password: 'Email address not changed: wrong password',
        changed_recently: 'Email address not changed: it had been changed shortly before',
      },
    },
  },
  email_change_cancelled: {
    kind: 'other',
    mayDisown: true,
    success: 'Change of the email address cancelled',
  },
  email_changed: {
    kind: 'other',
    mayDisown: true,
    success: 'Email address changed',
  },
  email_change_undone: {
    kind: 'other',
    // The owner of the former address did it.
    mayDisown: false,
    success: 'Change of the email address undone',
    failure: {
      sentence: 'Change of the email address not undone',
      reasons: {
        unknown_link: 'Change of the email address not undone: the link was used or never sent',
        link_expired: 'Change of the email address not undone: the link had expired',
        account_changed: 'Change of the email address not undone: the account was to be deleted',
        account_disabled: 'Change of the email address not undone: the account is disabled',
      },
    },
  },
} as const satisfies Record<string, EventDefinition>
