-- Addresses that were changed, reserved for their accounts until the change can no longer be undone.
CREATE TABLE "former_emails" (
    "user_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "former_emails_pkey" PRIMARY KEY ("user_id")
);

CREATE UNIQUE INDEX "former_emails_email_key" ON "former_emails"("email");

CREATE UNIQUE INDEX "former_emails_token_hash_key" ON "former_emails"("token_hash");

CREATE INDEX "former_emails_expires_at_idx" ON "former_emails"("expires_at");

ALTER TABLE "former_emails" ADD CONSTRAINT "former_emails_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- To every writer a reserved address looks like one that another account has. After the row is written, because the unique
-- index has then waited for a change in progress, whose reservation this query sees.
CREATE FUNCTION "refuse_reserved_email"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM "former_emails" WHERE "email" = NEW."email" AND "user_id" <> NEW."id") THEN
        RAISE unique_violation USING MESSAGE = 'the email is reserved', TABLE = 'users', CONSTRAINT = 'users_email_key';
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER "users_email_reserved" AFTER INSERT OR UPDATE OF "email" ON "users"
    FOR EACH ROW EXECUTE FUNCTION "refuse_reserved_email"();
