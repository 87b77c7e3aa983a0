import { ABANDONED_DAYS } from '#lib/auth/policy.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'

/**
 * A condition on the row `users`: no administrator's, never confirmed, a week old, and not used since its first day. Sessions that ended are
 * deleted some time later, so that changes of tasks count as well (docs/decisions/0047-confirmed-addresses.md).
 */
export function isAbandoned(now: Date): Prisma.Sql {
  const createdBefore = secondsLater(now, -ABANDONED_DAYS * DAY_SECONDS)
  const secondDay = Prisma.sql`users.created_at + interval '1 day'`
  return Prisma.sql`(
    users.email_verified_at IS NULL AND users.disabled_at IS NULL AND users.role = 'user'
    AND users.created_at <= ${createdBefore}::timestamptz
    AND COALESCE(users.last_login_at < ${secondDay}, true)
    AND NOT EXISTS (SELECT FROM sessions WHERE user_id = users.id AND last_seen_at >= ${secondDay})
    AND NOT EXISTS (SELECT FROM tasks WHERE user_id = users.id AND updated_at >= ${secondDay}))`
}
