-- AlterTable
ALTER TABLE "Claim" ADD COLUMN     "customerRemindAt" TIMESTAMPTZ(3),
ADD COLUMN     "customerReminders" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "remindsCustomer" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "warnAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "closedWhy" TEXT,
ADD COLUMN     "notBefore" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "channelId" TEXT,
ADD COLUMN     "digestId" UUID,
ADD COLUMN     "postedAt" TIMESTAMPTZ(3),
ADD COLUMN     "repeats" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sayAt" TIMESTAMPTZ(3),
ADD COLUMN     "trouble" TEXT;

-- CreateTable
CREATE TABLE "Sending" (
    "id" UUID NOT NULL,
    "conversationId" TEXT NOT NULL,
    "tenantId" UUID NOT NULL,
    "edit" BOOLEAN NOT NULL,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Sending_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Subscription" (
    "id" TEXT NOT NULL,
    "channelId" TEXT,
    "personId" UUID,
    "scope" TEXT NOT NULL,
    "name" TEXT,
    "topics" TEXT[],
    "locationIds" TEXT[],
    "engagements" TEXT[],
    "language" TEXT,
    "timeZone" TEXT,
    "digestAt" TEXT NOT NULL,
    "quietFrom" TEXT,
    "quietUntil" TEXT,
    "expiredLater" BOOLEAN NOT NULL,
    "ownActions" BOOLEAN NOT NULL,
    "changedById" UUID NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Snooze" (
    "claimNumber" INTEGER NOT NULL,
    "audience" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "statusAt" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID NOT NULL,

    CONSTRAINT "Snooze_pkey" PRIMARY KEY ("claimNumber","audience")
);

-- CreateIndex
CREATE INDEX "Sending_conversationId_sentAt_idx" ON "Sending"("conversationId", "sentAt");

-- CreateIndex
CREATE INDEX "Sending_tenantId_sentAt_idx" ON "Sending"("tenantId", "sentAt");

-- CreateIndex
CREATE INDEX "Subscription_channelId_idx" ON "Subscription"("channelId");

-- CreateIndex
CREATE INDEX "Claim_warnAt_number_idx" ON "Claim"("warnAt", "number");

-- CreateIndex
CREATE INDEX "Claim_customerRemindAt_number_idx" ON "Claim"("customerRemindAt", "number");

-- DropIndex
DROP INDEX "Claim_dueAt_idx";

-- CreateIndex
CREATE INDEX "Claim_dueAt_number_idx" ON "Claim"("dueAt", "number");

-- CreateIndex
CREATE INDEX "Notice_sayAt_idx" ON "Notice"("sayAt");

-- CreateIndex
CREATE INDEX "Notice_digestId_idx" ON "Notice"("digestId");

-- CreateIndex
CREATE INDEX "Notice_channelId_state_idx" ON "Notice"("channelId", "state");

-- CreateIndex
CREATE INDEX "Notice_conversationId_postedAt_idx" ON "Notice"("conversationId", "postedAt");

-- CreateIndex
CREATE INDEX "Notice_createdAt_idx" ON "Notice"("createdAt");

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_digestId_fkey" FOREIGN KEY ("digestId") REFERENCES "Notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Snooze" ADD CONSTRAINT "Snooze_claimNumber_fkey" FOREIGN KEY ("claimNumber") REFERENCES "Claim"("number") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Claims that were open before anybody was warned of their clocks: the next look finds out what is to be said of them.
UPDATE "Claim" SET "warnAt" = CURRENT_TIMESTAMP WHERE "dueAt" IS NOT NULL AND "openKey" IS NOT NULL;

-- A notice is for a person, for a channel's duty or for a channel that has subscribed: for one of them, always.
ALTER TABLE "Notice" DROP CONSTRAINT "Notice_audience";
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_audience" CHECK (num_nonnulls("personId", "duty", "channelId") = 1);

-- The same of a subscription.
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_listener" CHECK (num_nonnulls("personId", "channelId") = 1);
