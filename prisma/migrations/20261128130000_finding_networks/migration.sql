-- AlterTable
ALTER TABLE "findings" ADD COLUMN     "network_count" INTEGER,
ADD COLUMN     "networks" JSONB;
