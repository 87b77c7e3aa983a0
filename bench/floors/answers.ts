import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** As large as Taskward's pool. */
const CONNECTIONS = 10

export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS })

/** Every field of a task in Taskward's API. Days and times have no zone, so they are texts. */
const COLUMNS = `
  id, user_id, title, description, completed_at IS NOT NULL AS is_completed, completed_at, list_id,
  due_on::text, to_char(due_time, 'HH24:MI') AS due_time, due_zone, start_on::text, priority, labels,
  CASE WHEN repeat IS NOT NULL THEN json_build_object('rule', repeat, 'from', repeat_from) END AS repeat,
  series_id, position, created_at, updated_at, version`

/** The answers of Taskward's API, each by one statement of `pg` and nothing else. */
export async function listTasks(userId: string) {
  const { rows } = await pool.query(
    `SELECT ${COLUMNS} FROM tasks WHERE user_id = $1 AND deleted_at IS NULL ORDER BY id DESC LIMIT 51`,
    [userId],
  )
  return { data: rows, meta: { ...meta(), count: rows.length, next_cursor: null } }
}

export async function createTask(userId: string, title: string) {
  const { rows } = await pool.query(
    `INSERT INTO tasks (id, user_id, title, updated_at) VALUES (uuidv7(), $1, $2, now()) RETURNING ${COLUMNS}`,
    [userId, title],
  )
  return { data: rows[0], meta: writtenMeta() }
}

export async function completeTask(userId: string, taskId: string) {
  const { rows } = await pool.query(
    `UPDATE tasks SET completed_at = coalesce(completed_at, now()), updated_at = now(), version = version + 1
     WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL RETURNING ${COLUMNS}`,
    [taskId, userId],
  )
  return { data: rows[0], meta: writtenMeta() }
}

export async function getAccount(userId: string) {
  const { rows } = await pool.query(
    `SELECT id AS user_id, email, email_confirmed_at, name, time_zone, created_at, last_login_at
     FROM users WHERE id = $1`,
    [userId],
  )
  return rows[0]
}

function meta() {
  return { timestamp: new Date().toISOString(), request_id: randomUUID() }
}

function writtenMeta() {
  return { ...meta(), batch_id: randomUUID() }
}
