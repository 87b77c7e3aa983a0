-- The navigation counts all open tasks of a user. An index that has those of the Inbox and their days takes the place of
-- the one of lists. Prisma supports no partial indexes.
CREATE INDEX "tasks_open_idx" ON "tasks"("user_id", "list_id", "due_on", "start_on") WHERE "completed_at" IS NULL AND "deleted_at" IS NULL;
DROP INDEX "tasks_open_list_idx";
