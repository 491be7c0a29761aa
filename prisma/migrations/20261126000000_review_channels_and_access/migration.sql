-- AlterTable
ALTER TABLE "Claim" ADD COLUMN     "amountCents" BIGINT,
ADD COLUMN     "disputedAt" TIMESTAMPTZ(3),
ADD COLUMN     "pausedDueAt" TIMESTAMPTZ(3),
ADD COLUMN     "remindAt" TIMESTAMPTZ(3),
ADD COLUMN     "submittedAt" TIMESTAMPTZ(3),
ADD COLUMN     "submittedById" UUID;

-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "accessRequestId" UUID,
ADD COLUMN     "conversationId" TEXT,
ADD COLUMN     "duty" TEXT,
ADD COLUMN     "facts" JSONB,
ADD COLUMN     "organisationId" UUID,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "shown" INTEGER NOT NULL DEFAULT 0,
ALTER COLUMN "personId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "chatId" TEXT;

-- CreateTable
CREATE TABLE "Evidence" (
    "claimNumber" INTEGER NOT NULL,
    "item" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "note" TEXT,
    "addedById" UUID NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Evidence_pkey" PRIMARY KEY ("claimNumber","item")
);

-- CreateTable
CREATE TABLE "Remark" (
    "claimNumber" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "Remark_pkey" PRIMARY KEY ("claimNumber","sequence")
);

-- CreateTable
CREATE TABLE "ChannelDuty" (
    "duty" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "name" TEXT,
    "language" TEXT NOT NULL,
    "timeZone" TEXT,
    "setUpById" UUID NOT NULL,
    "setUpAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ChannelDuty_pkey" PRIMARY KEY ("duty","scope")
);

-- CreateTable
CREATE TABLE "AccessRequest" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "openKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedById" UUID,
    "decidedAt" TIMESTAMPTZ(3),
    "comment" TEXT,

    CONSTRAINT "AccessRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StandIn" (
    "id" UUID NOT NULL,
    "adminId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StandIn_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ChannelDuty_conversationId_idx" ON "ChannelDuty"("conversationId");

-- CreateIndex
CREATE UNIQUE INDEX "AccessRequest_openKey_key" ON "AccessRequest"("openKey");

-- CreateIndex
CREATE INDEX "AccessRequest_personId_state_idx" ON "AccessRequest"("personId", "state");

-- CreateIndex
CREATE INDEX "AccessRequest_state_createdAt_idx" ON "AccessRequest"("state", "createdAt");

-- CreateIndex
CREATE INDEX "StandIn_personId_until_idx" ON "StandIn"("personId", "until");

-- CreateIndex
CREATE INDEX "StandIn_adminId_until_idx" ON "StandIn"("adminId", "until");

-- CreateIndex
CREATE INDEX "Claim_remindAt_idx" ON "Claim"("remindAt");

-- CreateIndex
CREATE INDEX "Conversation_teamId_idx" ON "Conversation"("teamId");

-- CreateIndex
CREATE INDEX "Notice_duty_state_idx" ON "Notice"("duty", "state");

-- CreateIndex
CREATE INDEX "Notice_accessRequestId_idx" ON "Notice"("accessRequestId");

-- CreateIndex
CREATE INDEX "Person_organisationId_idx" ON "Person"("organisationId");

-- AddForeignKey
ALTER TABLE "Evidence" ADD CONSTRAINT "Evidence_claimNumber_fkey" FOREIGN KEY ("claimNumber") REFERENCES "Claim"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Remark" ADD CONSTRAINT "Remark_claimNumber_fkey" FOREIGN KEY ("claimNumber") REFERENCES "Claim"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessRequest" ADD CONSTRAINT "AccessRequest_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StandIn" ADD CONSTRAINT "StandIn_adminId_fkey" FOREIGN KEY ("adminId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StandIn" ADD CONSTRAINT "StandIn_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_accessRequestId_fkey" FOREIGN KEY ("accessRequestId") REFERENCES "AccessRequest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A notice is for a person or for a channel's duty, never for both or nobody.
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_audience" CHECK (("personId" IS NULL) <> ("duty" IS NULL));
