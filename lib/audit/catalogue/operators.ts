import type { EventDefinition } from './definition.ts'

/** Who acted: an administrator's id, or `command line`. */
const BY = { by: 'string' } as const
const CHANGE = { ...BY, 'unchanged?': 'boolean' } as const
const ROLES = ['admin', 'user'] as const

export const OPERATOR_EVENTS = {
  account_disabled: {
    kind: 'other',
    mayDisown: false,
    success: { sentence: 'Account disabled by an administrator', details: CHANGE },
    failure: {
      sentence: 'Account not disabled',
      details: BY,
      reasons: {
        own_account: 'Account not disabled: it was the administrator’s own',
        last_admin: 'Account not disabled: no other administrator would be left',
        unknown_account: 'Account not disabled: no account has this email address',
      },
    },
  },
  account_enabled: {
    kind: 'other',
    mayDisown: false,
    success: { sentence: 'Account enabled by an administrator', details: CHANGE },
    failure: {
      sentence: 'Account not enabled',
      details: BY,
      reasons: { unknown_account: 'Account not enabled: no account has this email address' },
    },
  },
  account_deletion_ordered: {
    kind: 'other',
    mayDisown: false,
    success: { sentence: 'Deletion of the account requested by an administrator', details: CHANGE },
    failure: {
      sentence: 'Account not deleted',
      details: BY,
      reasons: {
        own_account: 'Account not deleted: it was the administrator’s own',
        last_admin: 'Account not deleted: no other administrator would be left',
        unknown_account: 'Account not deleted: no account has this email address',
      },
    },
  },
  password_change_required: {
    kind: 'password',
    mayDisown: false,
    success: { sentence: 'An administrator asked for a new password', details: CHANGE },
  },
  role_changed: {
    kind: 'other',
    mayDisown: false,
    success: {
      sentence: 'Role changed',
      details: { role: { admin: 'Made an administrator', user: 'No longer an administrator' }, ...CHANGE },
    },
    failure: {
      sentence: 'Role not changed',
      details: { role: ROLES, ...BY },
      reasons: {
        own_account: 'Role not changed: it was the administrator’s own',
        last_admin: 'Role not changed: no other administrator would be left',
        unknown_account: { sentence: 'Role not changed: no account has this email address', details: BY },
      },
    },
  },
  address_blocked: {
    kind: 'other',
    mayDisown: false,
    success: { sentence: 'Address blocked', details: { network: 'string', seconds: 'number', ...BY } },
  },
  address_unblocked: {
    kind: 'other',
    mayDisown: false,
    success: { sentence: 'Address unblocked', details: { network: 'string', ...BY } },
  },
  sessions_listed: {
    kind: 'other',
    mayDisown: false,
    success: { sentence: 'Sessions viewed by an administrator', details: BY },
    failure: {
      sentence: 'Sessions not found',
      details: BY,
      reasons: { unknown_account: 'Sessions not found: no account has this email address' },
    },
  },
  finding_handled: {
    kind: 'other',
    mayDisown: false,
    success: { sentence: 'Finding closed', details: { finding_id: 'string', pattern: 'string', ...BY } },
  },
} as const satisfies Record<string, EventDefinition>
