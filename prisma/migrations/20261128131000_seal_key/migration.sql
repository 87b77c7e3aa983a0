-- AlterTable
ALTER TABLE "audit_seals" ADD COLUMN     "key_id" TEXT,
ADD COLUMN     "pruned_through" INTEGER;

-- The rotations of the secret: few among many seals.
CREATE INDEX "audit_seals_rotations_idx" ON "audit_seals"("number") WHERE "pruned_through" IS NOT NULL;
