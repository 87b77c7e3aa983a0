-- Sign-ups that wait for their mailed link (docs/decisions/0047-confirmed-addresses.md). Most installations keep it empty.
CREATE TABLE "pending_sign_ups" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "hash" TEXT NOT NULL,
    "scheme" INTEGER NOT NULL,
    "cost" INTEGER NOT NULL,
    "pepper_id" TEXT NOT NULL,
    "client" JSONB NOT NULL,
    "token_hash" BYTEA,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pending_sign_ups_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "pending_sign_ups_token_hash_key" ON "pending_sign_ups"("token_hash");
CREATE INDEX "pending_sign_ups_email_idx" ON "pending_sign_ups"("email");
CREATE INDEX "pending_sign_ups_expires_at_idx" ON "pending_sign_ups"("expires_at");
