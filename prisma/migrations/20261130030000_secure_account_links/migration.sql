-- AlterEnum
ALTER TYPE "SessionRevokedReason" ADD VALUE 'account_secured';

-- An account has several links that secure it, each valid until its own end. Of every other purpose only the newest works.
ALTER TABLE "account_links" DROP CONSTRAINT "account_links_pkey";
DROP INDEX "account_links_token_hash_key";
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_pkey" PRIMARY KEY ("token_hash");

CREATE UNIQUE INDEX "account_links_newest_key" ON "account_links"("user_id", "purpose") WHERE "purpose" <> 'secure_account';

CREATE INDEX "account_links_user_id_idx" ON "account_links"("user_id");
