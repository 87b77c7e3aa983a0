-- Constant defaults: PostgreSQL adds the columns without rewriting the table.
ALTER TABLE "tasks" ADD COLUMN     "due_on" DATE,
ADD COLUMN     "due_time" TIME(0),
ADD COLUMN     "due_zone" TEXT,
ADD COLUMN     "start_on" DATE,
ADD COLUMN     "priority" SMALLINT NOT NULL DEFAULT 0,
ADD COLUMN     "labels" TEXT[] NOT NULL DEFAULT '{}';

ALTER TABLE "tasks" ADD CONSTRAINT "tasks_due_parts" CHECK (("due_time" IS NULL OR "due_on" IS NOT NULL) AND ("due_zone" IS NULL OR "due_time" IS NOT NULL)) NOT VALID;

ALTER TABLE "tasks" ADD CONSTRAINT "tasks_priority_range" CHECK ("priority" BETWEEN 0 AND 3) NOT VALID;

ALTER TABLE "tasks" ADD CONSTRAINT "tasks_label_count" CHECK (cardinality("labels") <= 20) NOT VALID;

-- Open tasks by day, and completed ones by time. Prisma supports no partial indexes.
CREATE INDEX "tasks_due_idx" ON "tasks"("user_id", "due_on", "id") WHERE "due_on" IS NOT NULL AND "completed_at" IS NULL AND "deleted_at" IS NULL;

CREATE INDEX "tasks_done_idx" ON "tasks"("user_id", "completed_at", "id") WHERE "completed_at" IS NOT NULL AND "deleted_at" IS NULL;
