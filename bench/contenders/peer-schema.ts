/**
 * The tables of the floors and of next-auth's adapter, and Taskward's table of tasks. next-auth's documentation has no
 * index of session tokens; without this one it would be slower. better-auth makes its own tables.
 */
export const PEER_SCHEMA = `
  CREATE TABLE users (
    id text PRIMARY KEY DEFAULT gen_random_uuid(),
    name text,
    email text UNIQUE,
    "emailVerified" timestamptz,
    image text,
    created_at timestamptz NOT NULL DEFAULT now(),
    email_confirmed_at timestamptz,
    time_zone text,
    last_login_at timestamptz
  );
  CREATE TABLE sessions (
    id serial PRIMARY KEY,
    "userId" text NOT NULL,
    expires timestamptz NOT NULL,
    "sessionToken" text NOT NULL UNIQUE
  );
  CREATE TABLE tasks (
    id uuid PRIMARY KEY,
    user_id text NOT NULL,
    title text NOT NULL,
    description text,
    completed_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    updated_at timestamptz(3) NOT NULL,
    list_id uuid,
    due_on date,
    due_time time(0),
    due_zone text,
    start_on date,
    priority smallint NOT NULL DEFAULT 0,
    labels text[] NOT NULL DEFAULT '{}',
    position text NOT NULL DEFAULT 'fffffffffeV',
    repeat text,
    repeat_from text,
    repeat_anchor date,
    series_id uuid,
    deleted_at timestamptz(3),
    version int NOT NULL DEFAULT 1
  );
  CREATE INDEX ON tasks (user_id, id)`
