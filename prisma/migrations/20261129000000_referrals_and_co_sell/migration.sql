-- AlterTable
ALTER TABLE "ChannelDuty" DROP CONSTRAINT "ChannelDuty_pkey",
ADD COLUMN     "countries" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "route" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "solutionAreas" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD CONSTRAINT "ChannelDuty_pkey" PRIMARY KEY ("duty", "scope", "route");

-- AlterTable
ALTER TABLE "Claim" ADD COLUMN     "dealSizeTyped" JSONB;

-- AlterTable
ALTER TABLE "ConsentRequest" ADD COLUMN     "mayContact" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "mayShare" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Referral" (
    "claimNumber" INTEGER NOT NULL,
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "substatus" TEXT NOT NULL,
    "statusReason" TEXT,
    "stage" TEXT NOT NULL,
    "valueCents" BIGINT NOT NULL,
    "closeOn" DATE NOT NULL,
    "conditions" JSONB NOT NULL,
    "coSellConditions" JSONB,
    "coSell" TEXT,
    "upgradedAt" TIMESTAMPTZ(3),
    "answerDueAt" TIMESTAMPTZ(3),
    "warnAt" TIMESTAMPTZ(3),
    "answeredAt" TIMESTAMPTZ(3),
    "answeredById" UUID,
    "declineReason" TEXT,
    "declineWords" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "madeAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "mirroredRevision" INTEGER NOT NULL DEFAULT 0,
    "mirror" JSONB,
    "partnerHalfId" TEXT,
    "microsoftHalfId" TEXT,
    "syncAt" TIMESTAMPTZ(3),
    "syncTries" INTEGER NOT NULL DEFAULT 0,
    "syncHolder" UUID,
    "syncHeldUntil" TIMESTAMPTZ(3),
    "syncTrouble" TEXT,

    CONSTRAINT "Referral_pkey" PRIMARY KEY ("claimNumber")
);

-- CreateTable
CREATE TABLE "Checkpoint" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Checkpoint_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "SealedCredential" (
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SealedCredential_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "Referral_id_key" ON "Referral"("id");

-- CreateIndex
CREATE UNIQUE INDEX "Referral_partnerHalfId_key" ON "Referral"("partnerHalfId");

-- CreateIndex
CREATE UNIQUE INDEX "Referral_microsoftHalfId_key" ON "Referral"("microsoftHalfId");

-- CreateIndex
CREATE INDEX "Referral_answerDueAt_claimNumber_idx" ON "Referral"("answerDueAt", "claimNumber");

-- CreateIndex
CREATE INDEX "Referral_warnAt_claimNumber_idx" ON "Referral"("warnAt", "claimNumber");

-- CreateIndex
CREATE INDEX "Referral_organisationId_syncAt_idx" ON "Referral"("organisationId", "syncAt");

-- CreateIndex
CREATE INDEX "Referral_coSell_answerDueAt_idx" ON "Referral"("coSell", "answerDueAt");

-- AddForeignKey
ALTER TABLE "Referral" ADD CONSTRAINT "Referral_claimNumber_fkey" FOREIGN KEY ("claimNumber") REFERENCES "Claim"("number") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What is heard of co-sell deals: whoever hears everything else hears of these, too.
UPDATE "Subscription" SET "topics" = "topics" || ARRAY['coSell']
 WHERE "topics" @> ARRAY['consent', 'answers', 'submission', 'decisions', 'review', 'expired'];
