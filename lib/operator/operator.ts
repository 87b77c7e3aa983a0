import type { Actor, Operator } from '#lib/audit/events.ts'

/**
 * The actor as an operator. Throws for everybody but administrators: the entrance has to ask first (`requireAdmin`,
 * `access: 'admin'`), and it read the role from the database for this very request.
 */
export function operatorOf({ role, userId, client }: Actor): Operator {
  if (role !== 'admin') throw new Error('Somebody who is no administrator was about to act as an operator')
  return { userId, client } as Operator
}

/** Who it was, for the audit trail: an administrator's id, or the command line. */
export function operatorName({ userId }: Operator): string {
  return userId ?? 'command line'
}
