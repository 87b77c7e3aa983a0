-- A page of each view is one range of an index, however many tasks a user has. Prisma supports no partial indexes.

-- Newest first, of all lists and of one. Sorted by the NULL of the open tasks, too, else the planner prefers to read the
-- primary key backward, past all tasks that were completed since.
CREATE INDEX "tasks_open_created_idx" ON "tasks"("user_id", "completed_at", "id") WHERE "completed_at" IS NULL AND "deleted_at" IS NULL;

CREATE INDEX "tasks_open_list_created_idx" ON "tasks"("user_id", "list_id", "completed_at", "id") WHERE "completed_at" IS NULL AND "deleted_at" IS NULL;

-- By due date; tasks without a day or a time come last.
CREATE INDEX "tasks_open_due_idx" ON "tasks"("user_id", (coalesce("due_on", 'infinity'::date)), (coalesce("due_time", '24:00'::time)), "id") WHERE "completed_at" IS NULL AND "deleted_at" IS NULL;

CREATE INDEX "tasks_open_start_due_idx" ON "tasks"("user_id", (coalesce("due_on", 'infinity'::date)), (coalesce("due_time", '24:00'::time)), "id") WHERE "start_on" IS NOT NULL AND "completed_at" IS NULL AND "deleted_at" IS NULL;

-- For few tasks that have started among many that have not.
CREATE INDEX "tasks_open_start_idx" ON "tasks"("user_id", "start_on") WHERE "start_on" IS NOT NULL AND "completed_at" IS NULL AND "deleted_at" IS NULL;

DROP INDEX "tasks_due_idx";

-- Trigrams for the search. Without the extension it reads all tasks of the user. The role of a database elsewhere may lack
-- the right to create it.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX "tasks_search_idx" ON "tasks" USING GIN ("title" gin_trgm_ops, "description" gin_trgm_ops) WHERE "deleted_at" IS NULL;
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'No index for the search of tasks: %', SQLERRM;
END $$;
