-- A row per account, made by its first change of a task.
CREATE TABLE "task_counters" (
    "user_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "open_tasks" INTEGER NOT NULL,

    CONSTRAINT "task_counters_pkey" PRIMARY KEY ("user_id")
);

ALTER TABLE "task_counters" ADD CONSTRAINT "task_counters_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The journal of tasks: append-only, except for its retention.
CREATE TABLE "changes" (
    "user_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "batch_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "task_id" UUID NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "undoes" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "changes_pkey" PRIMARY KEY ("user_id", "seq")
);

CREATE INDEX "changes_batch_id_idx" ON "changes"("batch_id");

CREATE INDEX "changes_created_at_idx" ON "changes"("created_at");

ALTER TABLE "changes" ADD CONSTRAINT "changes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "changes" ADD CONSTRAINT "changes_of_something" CHECK ("before" IS NOT NULL OR "after" IS NOT NULL);
