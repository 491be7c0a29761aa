-- DropIndex
DROP INDEX "Claim_organisationId_engagementSlug_idx";

-- AlterTable
ALTER TABLE "Claim" ADD COLUMN     "hours" INTEGER,
ADD COLUMN     "opportunityKey" TEXT,
ADD COLUMN     "opportunityValueCents" BIGINT;

-- AlterTable
ALTER TABLE "Customer" ADD COLUMN     "sortName" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "KnownCustomer" (
    "organisationId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "identifierType" TEXT NOT NULL,
    "identifierValue" TEXT NOT NULL,
    "tenantId" UUID,
    "judgedId" UUID NOT NULL,
    "sortName" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KnownCustomer_pkey" PRIMARY KEY ("organisationId","customerId","identifierType","identifierValue")
);

-- CreateTable
CREATE TABLE "Opportunity" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "valueCents" BIGINT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Opportunity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Import" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "personId" UUID,
    "state" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "appliedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportRow" (
    "importId" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "key" TEXT,
    "data" JSONB,
    "faults" JSONB,

    CONSTRAINT "ImportRow_pkey" PRIMARY KEY ("importId","line")
);

-- CreateTable
CREATE TABLE "ExportLink" (
    "tokenHash" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ExportLink_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateIndex
CREATE INDEX "KnownCustomer_organisationId_sortName_customerId_idx" ON "KnownCustomer"("organisationId", "sortName", "customerId");

-- CreateIndex
CREATE INDEX "KnownCustomer_customerId_sortName_idx" ON "KnownCustomer"("customerId", "sortName");

-- CreateIndex
CREATE INDEX "KnownCustomer_judgedId_idx" ON "KnownCustomer"("judgedId");

-- CreateIndex
CREATE INDEX "Import_state_createdAt_idx" ON "Import"("state", "createdAt");

-- CreateIndex
CREATE INDEX "ImportRow_importId_key_idx" ON "ImportRow"("importId", "key");

-- CreateIndex
CREATE INDEX "ExportLink_expiresAt_idx" ON "ExportLink"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Claim_opportunityKey_key" ON "Claim"("opportunityKey");

-- CreateIndex
CREATE INDEX "Claim_engagementSlug_customerId_idx" ON "Claim"("engagementSlug", "customerId");

-- CreateIndex
CREATE UNIQUE INDEX "Customer_id_sortName_key" ON "Customer"("id", "sortName");

-- AddForeignKey
ALTER TABLE "KnownCustomer" ADD CONSTRAINT "KnownCustomer_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KnownCustomer" ADD CONSTRAINT "KnownCustomer_customerId_sortName_fkey" FOREIGN KEY ("customerId", "sortName") REFERENCES "Customer"("id", "sortName") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KnownCustomer" ADD CONSTRAINT "KnownCustomer_judgedId_fkey" FOREIGN KEY ("judgedId") REFERENCES "Identifier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportRow" ADD CONSTRAINT "ImportRow_importId_fkey" FOREIGN KEY ("importId") REFERENCES "Import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExportLink" ADD CONSTRAINT "ExportLink_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- How names are ordered and searched, in one place: lower case, without accents.
CREATE FUNCTION fold_name(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g'))
$$;

CREATE FUNCTION keep_sort_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."sortName" := fold_name(NEW."name");
  RETURN NEW;
END;
$$;

CREATE TRIGGER "Customer_sort_name" BEFORE INSERT OR UPDATE ON "Customer"
  FOR EACH ROW EXECUTE FUNCTION keep_sort_name();

UPDATE "Customer" SET "name" = "name";

-- Names are found by the beginning of any of their words.
CREATE INDEX "Customer_words_idx" ON "Customer" USING gin (to_tsvector('simple', "sortName"));

-- Whom each organisation knows from consents given before this was kept.
INSERT INTO "KnownCustomer" ("organisationId", "customerId", "identifierType", "identifierValue", "tenantId", "judgedId", "sortName", "since")
SELECT DISTINCT ON (c."organisationId", c."customerId", c."identifierType", c."identifierValue")
       c."organisationId", c."customerId", c."identifierType", c."identifierValue", c."tenantId",
       coalesce(t."id", i."id"), p."sortName", c."consentedAt"
  FROM "Claim" c
  JOIN "Customer" p ON p."id" = c."customerId"
  JOIN "Identifier" i ON i."type" = c."identifierType" AND i."value" = c."identifierValue"
  LEFT JOIN "Identifier" t
    ON c."identifierType" = 'domain' AND t."type" = 'tenantId' AND t."value" = c."tenantId"::text
 WHERE c."consentedAt" IS NOT NULL
 ORDER BY c."organisationId", c."customerId", c."identifierType", c."identifierValue", c."consentedAt";

-- Open claims by when something must be done, ended ones by when they ended; each list reads its own index.
CREATE INDEX "Claim_open_idx" ON "Claim" ("organisationId", "engagementSlug", (coalesce("dueAt", 'infinity'::timestamptz)), "number")
  WHERE "openKey" IS NOT NULL;
CREATE INDEX "Claim_ended_idx" ON "Claim" ("organisationId", "engagementSlug", (coalesce("statusAt", 'infinity'::timestamptz)), "number")
  WHERE "openKey" IS NULL;

-- Claims are found by the beginning of any word of their friendly name.
CREATE INDEX "Claim_words_idx" ON "Claim" USING gin (to_tsvector('simple', fold_name("name")));
