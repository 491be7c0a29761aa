-- DropIndex
DROP INDEX "Draft_personId_kind_idx";

-- DropIndex
DROP INDEX "Notice_state_createdAt_idx";

-- AlterTable
ALTER TABLE "Claim" ADD COLUMN     "rateVersionId" UUID;

-- CreateIndex
CREATE INDEX "Draft_status_updatedAt_idx" ON "Draft"("status", "updatedAt");

-- CreateIndex
CREATE INDEX "HandledCommand_at_idx" ON "HandledCommand"("at");

-- CreateIndex
CREATE INDEX "Notice_personId_state_idx" ON "Notice"("personId", "state");

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_rateVersionId_fkey" FOREIGN KEY ("rateVersionId") REFERENCES "EngagementVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Claims that were consented to before the rate was kept: theirs is the one they were made under.
UPDATE "Claim" SET "rateVersionId" = "engagementVersionId" WHERE "consentedAt" IS NOT NULL;
