-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Organisation" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "Organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "objectId" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "language" TEXT NOT NULL DEFAULT 'en',
    "languageChosen" BOOLEAN NOT NULL DEFAULT false,
    "timeZone" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleGrant" (
    "personId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '*',
    "grantedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RoleGrant_pkey" PRIMARY KEY ("personId","role","scope")
);

-- CreateTable
CREATE TABLE "Location" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL,
    "partnerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "enrolment" TEXT NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "Location_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EngagementVersion" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "effectiveFrom" TIMESTAMPTZ(3) NOT NULL,
    "effectiveTo" TIMESTAMPTZ(3),

    CONSTRAINT "EngagementVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Customer" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Identifier" (
    "id" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "facts" JSONB,
    "source" TEXT NOT NULL,
    "verifiedOn" DATE,

    CONSTRAINT "Identifier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TenantDomain" (
    "domain" TEXT NOT NULL,
    "tenantId" UUID NOT NULL,
    "name" TEXT,
    "source" TEXT NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TenantDomain_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "Draft" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "claim" INTEGER,
    "step" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "commandId" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "openKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claim" (
    "number" SERIAL NOT NULL,
    "organisationId" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "locationId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "engagementVersionId" UUID NOT NULL,
    "engagementSlug" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "statusAt" TIMESTAMPTZ(3) NOT NULL,
    "openKey" TEXT,
    "identifierType" TEXT NOT NULL,
    "identifierValue" TEXT NOT NULL,
    "tenantId" UUID,
    "mismatchReason" TEXT,
    "market" TEXT NOT NULL,
    "dealSizeCents" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "consentedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "Contact" (
    "claimNumber" INTEGER NOT NULL,
    "side" TEXT NOT NULL,
    "company" TEXT,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "country" TEXT,
    "language" TEXT,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("claimNumber","side")
);

-- CreateTable
CREATE TABLE "ConsentRequest" (
    "id" UUID NOT NULL,
    "claimNumber" INTEGER NOT NULL,
    "sentById" UUID NOT NULL,
    "toName" TEXT NOT NULL,
    "toEmail" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "mailState" TEXT NOT NULL,
    "mailVersion" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "mailedAt" TIMESTAMPTZ(3),
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "typedName" TEXT,
    "reason" TEXT,
    "textHash" TEXT,

    CONSTRAINT "ConsentRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsentLink" (
    "tokenHash" TEXT NOT NULL,
    "requestId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConsentLink_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "claimNumber" INTEGER,
    "state" TEXT NOT NULL,
    "activityId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Conversation" (
    "id" TEXT NOT NULL,
    "tenantId" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "serviceUrl" TEXT NOT NULL,
    "botId" TEXT NOT NULL,
    "personId" UUID,
    "teamId" TEXT,
    "channelId" TEXT,
    "active" BOOLEAN NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HandledActivity" (
    "key" TEXT NOT NULL,
    "answer" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "HandledActivity_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "HandledCommand" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "verb" TEXT NOT NULL,
    "outcome" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "HandledCommand_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "chain" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("chain","sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "Organisation_tenantId_key" ON "Organisation"("tenantId");

-- CreateIndex
CREATE UNIQUE INDEX "Person_tenantId_objectId_key" ON "Person"("tenantId", "objectId");

-- CreateIndex
CREATE UNIQUE INDEX "Location_partnerId_key" ON "Location"("partnerId");

-- CreateIndex
CREATE INDEX "Location_organisationId_idx" ON "Location"("organisationId");

-- CreateIndex
CREATE UNIQUE INDEX "EngagementVersion_slug_version_key" ON "EngagementVersion"("slug", "version");

-- CreateIndex
CREATE INDEX "Identifier_customerId_idx" ON "Identifier"("customerId");

-- CreateIndex
CREATE UNIQUE INDEX "Identifier_type_value_key" ON "Identifier"("type", "value");

-- CreateIndex
CREATE UNIQUE INDEX "Draft_openKey_key" ON "Draft"("openKey");

-- CreateIndex
CREATE INDEX "Draft_personId_kind_idx" ON "Draft"("personId", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "Claim_openKey_key" ON "Claim"("openKey");

-- CreateIndex
CREATE INDEX "Claim_dueAt_idx" ON "Claim"("dueAt");

-- CreateIndex
CREATE INDEX "Claim_organisationId_dueAt_number_idx" ON "Claim"("organisationId", "dueAt", "number");

-- CreateIndex
CREATE INDEX "Claim_customerId_engagementSlug_idx" ON "Claim"("customerId", "engagementSlug");

-- CreateIndex
CREATE INDEX "Claim_organisationId_engagementSlug_idx" ON "Claim"("organisationId", "engagementSlug");

-- CreateIndex
CREATE INDEX "ConsentRequest_claimNumber_state_idx" ON "ConsentRequest"("claimNumber", "state");

-- CreateIndex
CREATE INDEX "ConsentLink_requestId_idx" ON "ConsentLink"("requestId");

-- CreateIndex
CREATE UNIQUE INDEX "Notice_key_key" ON "Notice"("key");

-- CreateIndex
CREATE INDEX "Notice_state_createdAt_idx" ON "Notice"("state", "createdAt");

-- CreateIndex
CREATE INDEX "Notice_claimNumber_idx" ON "Notice"("claimNumber");

-- CreateIndex
CREATE INDEX "Conversation_personId_idx" ON "Conversation"("personId");

-- CreateIndex
CREATE INDEX "HandledActivity_at_idx" ON "HandledActivity"("at");

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Location" ADD CONSTRAINT "Location_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identifier" ADD CONSTRAINT "Identifier_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Draft" ADD CONSTRAINT "Draft_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_locationId_fkey" FOREIGN KEY ("locationId") REFERENCES "Location"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_engagementVersionId_fkey" FOREIGN KEY ("engagementVersionId") REFERENCES "EngagementVersion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_claimNumber_fkey" FOREIGN KEY ("claimNumber") REFERENCES "Claim"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConsentRequest" ADD CONSTRAINT "ConsentRequest_claimNumber_fkey" FOREIGN KEY ("claimNumber") REFERENCES "Claim"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConsentRequest" ADD CONSTRAINT "ConsentRequest_sentById_fkey" FOREIGN KEY ("sentById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConsentLink" ADD CONSTRAINT "ConsentLink_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "ConsentRequest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_claimNumber_fkey" FOREIGN KEY ("claimNumber") REFERENCES "Claim"("number") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- Claims are numbered from 1000000 up.
ALTER SEQUENCE "Claim_number_seq" RESTART WITH 1000000;

-- History is only ever added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of a claim is only ever added to';
END;
$$;

CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER "AuditEvent_never_emptied" BEFORE TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
