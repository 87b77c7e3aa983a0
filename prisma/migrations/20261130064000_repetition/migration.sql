ALTER TABLE "tasks" ADD COLUMN     "repeat" TEXT,
ADD COLUMN     "repeat_from" TEXT,
ADD COLUMN     "repeat_anchor" DATE,
ADD COLUMN     "series_id" UUID;

-- A repetition counts from a day.
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_repeat_parts" CHECK (num_nonnulls("repeat", "repeat_from", "repeat_anchor", "series_id") IN (0, 4) AND ("repeat" IS NULL OR "due_on" IS NOT NULL)) NOT VALID;

ALTER TABLE "tasks" ADD CONSTRAINT "tasks_repeat_from" CHECK ("repeat_from" IN ('due', 'completion')) NOT VALID;

-- Two devices that complete a task at once cannot make two successors. Prisma supports no partial indexes.
CREATE UNIQUE INDEX "tasks_series_key" ON "tasks"("user_id", "series_id") WHERE "series_id" IS NOT NULL AND "completed_at" IS NULL AND "deleted_at" IS NULL;
