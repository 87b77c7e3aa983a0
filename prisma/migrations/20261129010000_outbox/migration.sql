-- The outbox of mails. A row holds its mail, sealed, only while it waits to be sent.
CREATE TABLE "mails" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "kind" TEXT NOT NULL,
    "sealed" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "mails_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "mails_next_attempt_at_idx" ON "mails"("next_attempt_at");

CREATE INDEX "mails_user_id_idx" ON "mails"("user_id");

CREATE INDEX "mails_created_at_idx" ON "mails"("created_at");

ALTER TABLE "mails" ADD CONSTRAINT "mails_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A mail holds a secret: nothing of it outlives its sending.
ALTER TABLE "mails" ADD CONSTRAINT "mails_sealed_while_waiting" CHECK (("sealed" IS NULL) = ("next_attempt_at" IS NULL));

ALTER TABLE "mails" ADD CONSTRAINT "mails_sent_once" CHECK ("sent_at" IS NULL OR "next_attempt_at" IS NULL);

-- What was not delivered, for the metric. Prisma supports no partial indexes.
CREATE INDEX "mails_undelivered" ON "mails"("created_at") WHERE "next_attempt_at" IS NULL AND "sent_at" IS NULL;
