-- By priority, then by due date; tasks without a priority come last. Prisma supports no partial indexes.
CREATE INDEX "tasks_open_priority_idx" ON "tasks"("user_id", (CASE "priority" WHEN 0 THEN 9 ELSE "priority" END), (coalesce("due_on", 'infinity'::date)), (coalesce("due_time", '24:00'::time)), "id") WHERE "completed_at" IS NULL AND "deleted_at" IS NULL;

-- Tasks with a label, newest first: a filter by a label reads no others.
CREATE INDEX "tasks_open_labels_idx" ON "tasks"("user_id", "completed_at", "id") WHERE "labels" <> '{}' AND "completed_at" IS NULL AND "deleted_at" IS NULL;
