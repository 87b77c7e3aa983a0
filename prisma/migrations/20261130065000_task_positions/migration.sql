-- A constant default: PostgreSQL adds the column without rewriting the table, and an instance of the version before can
-- still add tasks, which come last.
ALTER TABLE "tasks" ADD COLUMN     "position" TEXT COLLATE "C" NOT NULL DEFAULT 'z';

-- Newest first, as the page has shown them. New tasks come before all of these (lib/tasks/steps/place-task.ts).
UPDATE "tasks" SET "position" = numbered."position"
FROM (
    SELECT "id", 'm' || lpad(to_hex(row_number() OVER (PARTITION BY "user_id" ORDER BY "id" DESC)), 6, '0') || 'V' AS "position"
    FROM "tasks"
) AS numbered
WHERE "tasks"."id" = numbered."id";

-- Prisma supports no partial indexes.
CREATE INDEX "tasks_position_idx" ON "tasks"("user_id", "list_id", "position", "id") WHERE "completed_at" IS NULL AND "deleted_at" IS NULL;

ALTER TABLE "task_counters" ADD COLUMN     "places" BIGINT NOT NULL DEFAULT 0;
