CREATE TABLE "task_lists" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" TEXT COLLATE "C" NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL,

    CONSTRAINT "task_lists_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "task_lists_user_id_id_key" ON "task_lists"("user_id", "id");

ALTER TABLE "task_lists" ADD CONSTRAINT "task_lists_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "task_lists" ADD CONSTRAINT "task_lists_name_length" CHECK (char_length("name") BETWEEN 1 AND 100);

ALTER TABLE "tasks" ADD COLUMN "list_id" UUID;

-- The owner is part of the key: a task cannot be in a list of another user. A verb empties a list before it goes, because
-- PostgreSQL 14 has no SET NULL of one column.
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_user_id_list_id_fkey" FOREIGN KEY ("user_id", "list_id") REFERENCES "task_lists"("user_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Prisma supports no partial indexes. The first one also serves the foreign key, the second one counts open tasks.
CREATE INDEX "tasks_list_idx" ON "tasks"("user_id", "list_id") WHERE "list_id" IS NOT NULL;

CREATE INDEX "tasks_open_list_idx" ON "tasks"("user_id", "list_id") WHERE "list_id" IS NOT NULL AND "completed_at" IS NULL AND "deleted_at" IS NULL;

ALTER TABLE "changes" ALTER COLUMN "task_id" DROP NOT NULL, ADD COLUMN "list_id" UUID;

ALTER TABLE "changes" ADD CONSTRAINT "changes_of_one_thing" CHECK (num_nonnulls("task_id", "list_id") = 1);
