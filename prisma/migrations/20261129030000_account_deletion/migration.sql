-- AlterEnum
ALTER TYPE "SessionRevokedReason" ADD VALUE 'account_deletion';

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "deletion_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "time_zone" TEXT;

-- The few accounts that wait for their deletion, for housekeeping.
CREATE INDEX "users_deletion_due_idx" ON "users"("deletion_due_at") WHERE "deletion_due_at" IS NOT NULL;
