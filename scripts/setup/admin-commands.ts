import type { Operator } from '#lib/actor.ts'
import { operatorName } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { AUTH_FAILURES, type AuthFailureCode } from '#lib/auth/errors.ts'
import { DELETION_DAYS, SESSION_BATCH_SIZE } from '#lib/auth/policy.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { unblockNetwork } from '#lib/operator/block-network.ts'
import { changeRole } from '#lib/operator/change-role.ts'
import { deleteAccount } from '#lib/operator/delete-account.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { enableAccount } from '#lib/operator/enable-account.ts'
import { endAllSessions } from '#lib/operator/end-all-sessions.ts'
import { getUserIdByEmail } from '#lib/operator/get-user-id-by-email.ts'
import { listUserSessions } from '#lib/operator/list-user-sessions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { CommandFailure } from './fail.ts'

/** Events that record an email address of no account. */
type CommandEvent =
  | 'role_changed'
  | 'account_disabled'
  | 'account_enabled'
  | 'account_deletion_ordered'
  | 'session_revoked'
  | 'sessions_listed'

type Command = {
  event: CommandEvent
  run: (operator: Operator, userId: string) => Promise<Result<string, Failure<AuthFailureCode>>>
}

const COMMANDS: Record<string, Command> = {
  promote: {
    event: 'role_changed',
    run: async (operator, userId) =>
      describeResult(
        await changeRole(operator, userId, { role: 'admin', now: new Date() }),
        'Is an administrator now.',
        'Was already an administrator.',
      ),
  },
  demote: {
    event: 'role_changed',
    run: async (operator, userId) =>
      describeResult(
        await changeRole(operator, userId, { role: 'user', now: new Date() }),
        'Is no longer an administrator.',
        'Was no administrator.',
      ),
  },
  disable: {
    event: 'account_disabled',
    run: async (operator, userId) =>
      describeResult(
        await disableAccount(operator, userId, { now: new Date() }),
        'Is disabled now, and logged out everywhere.',
        'Was already disabled.',
      ),
  },
  enable: {
    event: 'account_enabled',
    run: async (operator, userId) =>
      describeResult(
        await enableAccount(operator, userId, { now: new Date() }),
        'Can log in again.',
        'Was not disabled.',
      ),
  },
  delete: {
    event: 'account_deletion_ordered',
    run: async (operator, userId) =>
      describeResult(
        await deleteAccount(operator, userId, { now: new Date() }),
        `Will be deleted in ${DELETION_DAYS} days unless it logs in before, and is logged out everywhere.`,
        'Was already waiting for its deletion.',
      ),
  },
  revoke: {
    event: 'session_revoked',
    run: async (operator, userId) => {
      const ended = await endAllSessions(operator, userId, { now: new Date() })
      if (!ended.ok) return ended
      const most = SESSION_BATCH_SIZE
      return ok(`Ended sessions: ${ended.value > most ? `more than ${most}` : ended.value}.`)
    },
  },
  sessions: {
    event: 'sessions_listed',
    run: async (operator, userId) => {
      const { sessions, count } = await listUserSessions(operator, userId, { now: new Date() })
      const lines = sessions.map(({ device, ipAddress, lastSeenAt }) =>
        [lastSeenAt.toISOString(), ipAddress ?? 'unknown address', device].join('  '),
      )
      if (count === 0) return ok('Has no active session.')
      const which = count > lines.length ? ` (the last ${lines.length}, there are more)` : ''
      return ok([`Last seen, address, device${which}:`, ...lines].join('\n'))
    },
  },
}

export type AdminCommandFailure = CommandFailure<AuthFailureCode | 'UNKNOWN_COMMAND'>

export const ADMIN_COMMANDS = [...Object.keys(COMMANDS), 'unblock']

export async function runAdminCommand(
  operator: Operator,
  name: string,
  subject: string,
): Promise<Result<string, AdminCommandFailure>> {
  if (name === 'unblock') {
    const unblocked = await unblockNetwork(operator, subject, { now: new Date() })
    return unblocked.ok ? ok('Is no longer blocked.') : err(withText(unblocked.error.code))
  }
  const command = COMMANDS[name]
  if (!command) return err({ code: 'UNKNOWN_COMMAND', text: `There is no command ${name}.` })
  const userId = await getUserIdByEmail(operator, subject)
  if (!userId) {
    await recordUnknownAccount(operator, command.event, subject)
    return err({ code: 'USER_NOT_FOUND', text: `There is no account with the email address ${subject}.` })
  }
  const done = await command.run(operator, userId)
  return done.ok ? done : err(withText(done.error.code))
}

function withText(code: AuthFailureCode): AdminCommandFailure {
  return { code, text: AUTH_FAILURES[code].text }
}

function recordUnknownAccount(operator: Operator, type: CommandEvent, email: string): Promise<void> {
  const details = { by: operatorName(operator) }
  return record(db(), { type, client: operator.client, email, failureReason: 'unknown_account', details })
}

function describeResult<Code extends string>(
  result: Result<boolean, Failure<Code>>,
  done: string,
  unchanged: string,
): Result<string, Failure<Code>> {
  return result.ok ? ok(result.value ? done : unchanged) : result
}
