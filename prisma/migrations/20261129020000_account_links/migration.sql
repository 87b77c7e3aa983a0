-- Mailed links that work once: at most one of each purpose per account.
CREATE TABLE "account_links" (
    "user_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_links_pkey" PRIMARY KEY ("user_id", "purpose")
);

CREATE UNIQUE INDEX "account_links_token_hash_key" ON "account_links"("token_hash");

CREATE INDEX "account_links_expires_at_idx" ON "account_links"("expires_at");

ALTER TABLE "account_links" ADD CONSTRAINT "account_links_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Requests for a password reset that wait for a few seconds until a job answers them.
CREATE TABLE "password_reset_requests" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "client" JSONB NOT NULL,

    CONSTRAINT "password_reset_requests_pkey" PRIMARY KEY ("id")
);
