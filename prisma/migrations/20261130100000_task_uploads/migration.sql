-- A file to import, from its preview until it is imported or replaced, for an hour at most.
CREATE TABLE "task_uploads" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "file" BYTEA NOT NULL,
    "preview" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_uploads_pkey" PRIMARY KEY ("user_id")
);

CREATE INDEX "task_uploads_expires_at_idx" ON "task_uploads"("expires_at");

ALTER TABLE "task_uploads" ADD CONSTRAINT "task_uploads_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
