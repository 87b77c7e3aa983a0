import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { refresh } from '#lib/auth/refresh.ts'
import { authenticate } from '#lib/auth/session/authenticate.ts'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { deleteTask } from '#lib/tasks/delete-task.ts'
import { getTask } from '#lib/tasks/get-task.ts'
import { listChanges } from '#lib/tasks/journal/list-changes.ts'
import { undoBatch } from '#lib/tasks/journal/undo-batch.ts'
import { listTasks, readOwnTasks } from '#lib/tasks/list-tasks.ts'
import { queryTasks } from '#lib/tasks/query/query-tasks.ts'
import { updateTask } from '#lib/tasks/update-task.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  createSession,
  createUser,
  makeClient,
  makeSignIn,
  makeTask,
  PASSWORD,
} from '#lib/testing/factories.ts'
import { rowsTouched } from '#lib/testing/rows-touched.ts'
import { closeDb, connectedClient } from './client.ts'

const USERS = 5_000
const TASKS = 19_000
const EVENTS = 30_000
const LIMIT = 20
/** A page, and what a few further statements read and write. */
const MOST_ROWS = 60

const client = makeClient()
let sql: pg.Client
let actor: Actor
let taskId: string
let repeatingId: string
let email: string
let accessToken: string
let refreshToken: string

beforeAll(async () => {
  await emptyTables()
  const user = await createUser()
  email = user.email
  const started = await withAccessToken(await createSession(user), new Date())
  accessToken = started.access.token
  refreshToken = started.refresh.token
  actor = { userId: user.id, sessionId: started.session.id, role: 'user', client }
  sql = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await sql.connect()
  await fill(user.id)
  taskId = (await listTasks(actor, {})).tasks[0]!.id
  const repeat = { rule: 'FREQ=DAILY', from: 'due' } as const
  repeatingId = (await makeTask(actor, { title: 'daily', repeat })).id
})

/** One user has most tasks, the others a session and a task each. */
async function fill(userId: string): Promise<void> {
  await sql.query('SET session_replication_role = replica')
  await sql.query(
    `WITH made AS (
       INSERT INTO users (id, email, updated_at) SELECT gen_random_uuid(), i || '@example.org', now()
       FROM generate_series(1, $1::int) AS i RETURNING id
     ), signed_in AS (
       INSERT INTO sessions (id, user_id, transport, signed_in_with, expires_at)
       SELECT gen_random_uuid(), id, 'bearer', 'password', now() + interval '30 days' FROM made RETURNING id
     ), tokens AS (
       INSERT INTO refresh_tokens (id, session_id, token_hash, expires_at)
       SELECT gen_random_uuid(), id, sha256(id::text::bytea), now() + interval '7 days' FROM signed_in
     ), buckets AS (
       INSERT INTO throttle_buckets (key, window_started_at, expires_at, taken)
       SELECT 'refresh.session:' || id, now(), now() + interval '1 minute', 1 FROM signed_in
     ), devices AS (
       INSERT INTO known_devices (user_id, fingerprint, last_login_at) SELECT id, 'network:' || id, now() FROM made
     ) INSERT INTO tasks (id, user_id, title, updated_at) SELECT gen_random_uuid(), id, 'one', now() FROM made`,
    [USERS],
  )
  await sql.query(
    `INSERT INTO tasks (id, user_id, title, updated_at)
     SELECT gen_random_uuid(), $1::uuid, 'task ' || i, now() FROM generate_series(1, $2::int) AS i`,
    [userId, TASKS],
  )
  await sql.query(
    `INSERT INTO auth_events (id, event_type, success, user_id, ip_address, network, created_at)
     SELECT gen_random_uuid(), 'token_refreshed', true, $1::uuid, '203.0.113.9', '203.0.113.9', now()
     FROM generate_series(1, $2::int)`,
    [userId, EVENTS],
  )
  await sql.query(
    `INSERT INTO task_counters (user_id, seq, open_tasks) SELECT user_id, 0, count(*) FROM tasks GROUP BY user_id`,
  )
  await sql.query(
    `INSERT INTO changes (user_id, seq, batch_id, kind, task_id, after, created_at)
     SELECT $1::uuid, i, gen_random_uuid(), 'created', gen_random_uuid(), '{}', now() FROM generate_series(1, 9000) AS i`,
    [userId],
  )
  await sql.query(`UPDATE task_counters SET seq = 9000 WHERE user_id = $1::uuid`, [userId])
  await sql.query('ANALYZE')
  // Else these rows may be counted during a test: a backend reports at most once in a second.
  await sql.query('SELECT pg_stat_force_next_flush()')
}

afterAll(async () => {
  await sql.end()
  await closeDb()
  await emptyTables()
})

const MIDDLE = '80000000-0000-7000-8000-000000000000'

const HOT: Record<string, () => Promise<unknown>> = {
  'the session check': () => authenticate(accessToken, { client, now: new Date() }),
  'the session check with a page': () =>
    authenticate(accessToken, {
      client,
      now: new Date(),
      read: readOwnTasks({ limit: LIMIT, cursor: MIDDLE }),
    }),
  'the first page of tasks': () => listTasks(actor, { limit: LIMIT }),
  'a page in the middle': () => listTasks(actor, { limit: LIMIT, cursor: MIDDLE }),
  'one task': () => getTask(actor, taskId),
  'a new task': () => makeTask(actor, { title: 'new' }),
  'completing a task': () => updateTask(actor, taskId, { changes: { isCompleted: true }, now: new Date() }),
  'completing a repeating task': () =>
    updateTask(actor, repeatingId, { changes: { isCompleted: true }, now: new Date() }),
  'deleting a task': () => deleteTask(actor, taskId, { now: new Date() }),
  'the changes since': () => listChanges(actor, { since: 8_990 }),
  'undoing a batch': async () => {
    const { changes } = await listChanges(actor, { since: 9_000 })
    return undoBatch(actor, changes[0]?.batchId ?? '', { now: new Date() })
  },
  'undoing a foreign batch': () => undoBatch(actor, randomUUID(), { now: new Date() }),
  'the latest completed tasks': () =>
    queryTasks(actor, { filter: { view: 'done' }, order: 'completed', limit: LIMIT, today: '2026-11-29' }),
  'a foreign task': () => getTask({ ...actor, userId: randomUUID() }, MIDDLE),
  'a refresh': () => refresh(refreshToken, { client, transport: 'bearer', now: new Date() }),
  'a log-in': () => logIn({ email, password: PASSWORD }, makeSignIn()),
}

test.each(Object.entries(HOT))('in large tables, %s reads and writes few rows', async (_, run) => {
  const before = await rowsTouched(sql)
  await run()
  expect((await rowsTouched(sql)) - before).toBeLessThan(MOST_ROWS)
})

type Node = { 'Node Type': string; 'Index Name'?: string; Plans?: Node[] }

const PLANS: [what: string, key: string, index: RegExp][] = [
  ['the session check', 'the session check', /^(sessions_(pkey|user_id_id_idx)|users_pkey)$/],
  [
    'the session check with a page',
    'the session check with a page',
    /^(sessions_(pkey|user_id_id_idx)|users_pkey|tasks_user_id_id_idx)$/,
  ],
  ['a page of tasks', 'a page in the middle', /^tasks_user_id_id_idx$/],
]

test.each(PLANS)('the one plan of %s reads by index for every user, in order', async (_, key, index) => {
  await closeDb()
  await HOT[key]?.()
  const { pool } = connectedClient()
  const { rows: statements } = await pool.query<{ name: string; values: string }>(
    `SELECT name, array_to_string(array_fill('NULL'::text, ARRAY[cardinality(parameter_types)]), ',') AS values
     FROM pg_prepared_statements`,
  )
  expect(statements).toHaveLength(1)
  await pool.query('SET plan_cache_mode = force_generic_plan')
  const { rows } = await pool.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
    `EXPLAIN (FORMAT JSON) EXECUTE ${statements[0]?.name} (${statements[0]?.values})`,
  )
  const nodes = nodesOf(rows[0]!['QUERY PLAN'][0]!.Plan)
  const scans = nodes.filter(({ 'Node Type': type }) => type.includes('Scan') && type !== 'Subquery Scan')
  for (const scan of scans) expect(scan['Index Name']).toMatch(index)
  expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort')
})

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}
