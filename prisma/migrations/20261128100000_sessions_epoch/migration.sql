-- AlterEnum
ALTER TYPE "SessionRevokedReason" ADD VALUE 'too_many_sessions';

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

-- AddForeignKey
ALTER TABLE "session_endings" ADD CONSTRAINT "session_endings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The open sessions of a user, those seen last first: what lists, counts and endings read.
CREATE INDEX "sessions_open_idx" ON "sessions"("user_id", "epoch", "last_seen_at", "id") WHERE "revoked_at" IS NULL;

-- A session's one unused token, however often it was rotated.
CREATE INDEX "refresh_tokens_unused_idx" ON "refresh_tokens"("session_id") WHERE "rotated_at" IS NULL;
