import type { EventDefinition } from './definition.ts'

export const SESSION_EVENTS = {
  logout: {
    kind: 'sessions',
    // This and the renewals follow from a log-in, which can be disowned.
    mayDisown: false,
    success: { sentence: 'Logged out', details: { reason: ['logged_out'] } },
  },
  session_revoked: {
    kind: 'sessions',
    mayDisown: true,
    success: {
      sentence: 'Session ended',
      details: {
        reason: {
          logged_out_elsewhere: 'Logged out another device',
          // These follow from another event, which can be disowned.
          replaced: { sentence: 'Session replaced by a new log-in', mayDisown: false },
          password_changed: { sentence: 'Session ended by the password change', mayDisown: false },
          too_many_sessions: {
            sentence: 'Session ended because the account logged in on too many devices',
            mayDisown: false,
          },
          account_deletion: {
            sentence: 'Session ended by the request to delete the account',
            mayDisown: false,
          },
          account_secured: { sentence: 'Session ended because the account was secured', mayDisown: false },
          account_disabled: 'Session ended because the account was disabled',
          ended_by_operator: 'Session ended by an administrator',
        },
        'by?': 'string',
        'by_session?': 'string',
        'more_than?': 'number',
        'unchanged?': 'boolean',
      },
    },
    failure: {
      sentence: 'Session not ended',
      details: { by: 'string' },
      reasons: { unknown_account: 'Session not ended: no account has this email address' },
    },
  },
  token_refreshed: { kind: 'routine', mayDisown: false, success: 'Session renewed' },
  token_refresh_refused: {
    kind: 'sessions',
    mayDisown: true,
    failure: {
      sentence: 'Session not renewed',
      reasons: {
        unknown_token: 'Session not renewed: unknown key',
        session_revoked: 'Session not renewed: it had ended',
        session_expired: 'Session not renewed: it had expired',
        token_expired: 'Session not renewed: unused for too long',
        account_disabled: 'Session not renewed: the account is disabled',
        wrong_transport: 'Session not renewed: its key was used by a different kind of app',
        conflicting_cookies: 'Session not renewed: the browser sent cookies of different sessions',
      },
    },
  },
  refresh_token_raced: {
    kind: 'routine',
    mayDisown: false,
    success: 'Session renewed twice at the same moment',
    failure: {
      sentence: 'Second renewal refused',
      reasons: { raced: 'Second renewal at the same moment refused' },
    },
  },
  refresh_token_reused: {
    kind: 'sessions',
    mayDisown: true,
    failure: {
      sentence: 'Session ended: its key was used twice, which can mean it was copied',
      // `successor_used` is absent from rows of earlier versions.
      details: { reason: ['refresh_token_reused'], 'successor_used?': 'boolean' },
      reasons: {
        refresh_token_reused: 'Session ended: its key was used twice, which can mean it was copied',
      },
    },
  },
} as const satisfies Record<string, EventDefinition>
