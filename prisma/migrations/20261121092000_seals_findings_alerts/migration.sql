-- AlterEnum
ALTER TYPE "SessionRevokedReason" ADD VALUE 'ended_by_operator';

-- AlterTable
ALTER TABLE "auth_events" ADD COLUMN     "era" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "mac" BYTEA,
ADD COLUMN     "network" TEXT,
ADD COLUMN     "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
ALTER COLUMN "created_at" DROP DEFAULT;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "password_change_required_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "audit_seals" (
    "number" INTEGER NOT NULL,
    "era" INTEGER NOT NULL,
    "to_xid" xid8 NOT NULL,
    "to_id" UUID NOT NULL,
    "event_count" INTEGER NOT NULL,
    "total_count" BIGINT NOT NULL,
    "entries" BYTEA,
    "entries_digest" BYTEA NOT NULL,
    "head" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "last_event_at" TIMESTAMPTZ(3) NOT NULL,
    "pruned_at" TIMESTAMPTZ(3),
    "pruned_mac" BYTEA,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "auth_event_counts" (
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "event_type" TEXT NOT NULL,
    "success" BOOLEAN NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "auth_event_counts_pkey" PRIMARY KEY ("hour","event_type","success")
);

-- CreateTable
CREATE TABLE "findings" (
    "id" UUID NOT NULL,
    "pattern" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID,
    "session_id" UUID,
    "network" TEXT,
    "confidence" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,
    "details" JSONB NOT NULL,
    "handled_at" TIMESTAMPTZ(3),
    "handled_by" UUID,

    CONSTRAINT "findings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alerts" (
    "id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "last_error" TEXT,

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blocked_networks" (
    "network" TEXT NOT NULL,
    "blocked_until" TIMESTAMPTZ(3) NOT NULL,
    "blocked_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blocked_networks_pkey" PRIMARY KEY ("network")
);

-- CreateIndex
CREATE INDEX "findings_pattern_subject_last_seen_at_idx" ON "findings"("pattern", "subject", "last_seen_at");

-- CreateIndex
CREATE INDEX "findings_last_seen_at_id_idx" ON "findings"("last_seen_at", "id");

-- CreateIndex
CREATE INDEX "alerts_next_attempt_at_idx" ON "alerts"("next_attempt_at");

-- CreateIndex
CREATE INDEX "alerts_finding_id_idx" ON "alerts"("finding_id");

-- CreateIndex
CREATE INDEX "blocked_networks_blocked_until_idx" ON "blocked_networks"("blocked_until");

-- CreateIndex
CREATE INDEX "auth_events_ip_address_id_idx" ON "auth_events"("ip_address", "id");

-- CreateIndex
CREATE INDEX "auth_events_event_type_id_idx" ON "auth_events"("event_type", "id");

-- CreateIndex
CREATE INDEX "auth_events_era_xid_id_idx" ON "auth_events"("era", "xid", "id");

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "findings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The failures alone, newest first.
CREATE INDEX "auth_events_failures_idx" ON "auth_events"("id") WHERE NOT "success";

-- An account's events; its chart is counted from the index alone.
DROP INDEX "auth_events_user_id_id_idx";
CREATE INDEX "auth_events_of_user_idx" ON "auth_events"("user_id", "id") INCLUDE ("created_at", "event_type", "success")
    WHERE "user_id" IS NOT NULL;

ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_entries_or_pruned" CHECK (
    ("entries" IS NULL) = ("pruned_at" IS NOT NULL) AND ("pruned_at" IS NULL) = ("pruned_mac" IS NULL)
);

-- Where retention goes on.
CREATE INDEX "audit_seals_unpruned_idx" ON "audit_seals"("number") WHERE "pruned_at" IS NULL;

-- Retention may delete what has served its time (lib/audit/seal/prune-events.ts). Whoever else takes this door is found out by the seals.
CREATE OR REPLACE FUNCTION "refuse_to_change_auth_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('taskward.retention', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'auth_events is append-only: % is refused', TG_OP;
END
$$;
