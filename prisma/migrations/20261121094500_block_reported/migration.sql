-- AlterTable
ALTER TABLE "blocked_networks" ADD COLUMN     "reported" BOOLEAN NOT NULL DEFAULT false;
