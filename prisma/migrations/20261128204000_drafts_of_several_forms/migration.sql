-- An account may have typed in several forms when its session ended. The table is new: no released version uses it.
ALTER TABLE "drafts" DROP CONSTRAINT "drafts_pkey", ADD CONSTRAINT "drafts_pkey" PRIMARY KEY ("user_id", "form");
