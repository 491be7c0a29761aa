-- DropIndex
DROP INDEX "Draft_personId_kind_idx";

-- DropIndex
DROP INDEX "Notice_state_createdAt_idx";

-- AlterTable
ALTER TABLE "Claim" ADD COLUMN     "rateCents" INTEGER;

-- CreateIndex
CREATE INDEX "Draft_status_updatedAt_idx" ON "Draft"("status", "updatedAt");

-- CreateIndex
CREATE INDEX "HandledCommand_at_idx" ON "HandledCommand"("at");

-- CreateIndex
CREATE INDEX "Notice_personId_state_idx" ON "Notice"("personId", "state");

