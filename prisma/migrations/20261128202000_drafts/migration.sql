-- What was typed in forms whose session had ended, until their account logs in again.
CREATE TABLE "drafts" (
    "user_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "page" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("user_id", "form")
);

CREATE INDEX "drafts_token_hash_idx" ON "drafts"("token_hash");

CREATE INDEX "drafts_expires_at_idx" ON "drafts"("expires_at");

ALTER TABLE "drafts" ADD CONSTRAINT "drafts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
