import { preparedRead } from '#lib/db/prepared-statement.ts'

const readActive = preparedRead<{ id: string }>(`
  SELECT sessions.id FROM sessions JOIN users ON users.id = sessions.user_id
  WHERE sessions.id = ANY ($1::uuid[])
    AND sessions.revoked_at IS NULL AND sessions.epoch >= users.session_epoch
    AND sessions.expires_at > $2::timestamptz AND users.disabled_at IS NULL
    AND users.password_change_required_at IS NULL`)

/** Which of the sessions may still read the account's tasks, by the conditions of `authenticate`. */
export async function findActiveSessions(sessionIds: string[], now: Date): Promise<Set<string>> {
  const rows = await readActive(sessionIds, now)
  return new Set(rows.map(({ id }) => id))
}
