-- AlterEnum
ALTER TYPE "SessionRevokedReason" ADD VALUE 'too_many_sessions';

-- DropIndex
DROP INDEX "known_devices_user_id_idx";

-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "epoch" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "session_epoch" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "session_endings" (
    "user_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "reason" "SessionRevokedReason" NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_endings_pkey" PRIMARY KEY ("user_id","epoch")
);

-- CreateIndex
CREATE INDEX "known_devices_user_id_last_login_at_idx" ON "known_devices"("user_id", "last_login_at");

-- AddForeignKey
ALTER TABLE "session_endings" ADD CONSTRAINT "session_endings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The open sessions of a user, those seen last first: what lists, counts and endings read.
CREATE INDEX "sessions_open_idx" ON "sessions"("user_id", "epoch", "last_seen_at", "id") WHERE "revoked_at" IS NULL;

-- A session's one unused token, however often it was rotated.
CREATE INDEX "refresh_tokens_unused_idx" ON "refresh_tokens"("session_id") WHERE "rotated_at" IS NULL;

-- An account keeps the 50 devices that logged in last: from now on each log-in sees to it.
DELETE FROM "known_devices" USING (
    SELECT "fingerprint", "user_id", row_number() OVER (PARTITION BY "user_id" ORDER BY "last_login_at" DESC) AS "place"
    FROM "known_devices"
) AS "placed"
WHERE "placed"."place" > 50 AND "known_devices"."fingerprint" = "placed"."fingerprint" AND "known_devices"."user_id" = "placed"."user_id";

-- Known devices by kind (`cookie`, `network`) and age: each kind expires after a time of its own.
CREATE INDEX "known_devices_kind_age_idx" ON "known_devices"(split_part("fingerprint", ':', 1), "last_login_at");
