-- DropIndex
DROP INDEX "Claim_organisationId_engagementSlug_idx";

-- AlterTable
ALTER TABLE "Claim" ADD COLUMN     "hours" INTEGER,
ADD COLUMN     "opportunityKey" TEXT,
ADD COLUMN     "opportunityValueCents" BIGINT;

-- CreateTable
CREATE TABLE "KnownCustomer" (
    "organisationId" UUID NOT NULL,
    "customerId" UUID NOT NULL,
    "identifierType" TEXT NOT NULL,
    "identifierValue" TEXT NOT NULL,
    "tenantId" UUID,
    "judgedId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "sortName" TEXT NOT NULL DEFAULT '',
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
    "before" JSONB,

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
CREATE INDEX "KnownCustomer_organisationId_identifierType_identifierValue_idx" ON "KnownCustomer"("organisationId", "identifierType", "identifierValue");

-- CreateIndex
CREATE INDEX "KnownCustomer_customerId_idx" ON "KnownCustomer"("customerId");

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
CREATE INDEX "Claim_identifierValue_idx" ON "Claim"("identifierValue");

-- CreateIndex
CREATE INDEX "Claim_tenantId_idx" ON "Claim"("tenantId");

-- AddForeignKey
ALTER TABLE "KnownCustomer" ADD CONSTRAINT "KnownCustomer_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KnownCustomer" ADD CONSTRAINT "KnownCustomer_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

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

-- The words of a name: whatever is a mark in it divides them, so that "Booking.com" has two and "24/7" has two. Folds by
-- itself, because an index sees no function but the server's own from within one.
CREATE FUNCTION words_of(name text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple'::regconfig, regexp_replace(
    replace(lower(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g')), 'ς', 'σ'), '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+', ' ', 'g'))
$$;

CREATE FUNCTION keep_sort_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Cut, because folding makes some letters several, and an index holds no more than so much.
  NEW."sortName" := left(fold_name(NEW."name"), 200);
  RETURN NEW;
END;
$$;

CREATE TRIGGER "KnownCustomer_sort_name" BEFORE INSERT OR UPDATE ON "KnownCustomer"
  FOR EACH ROW EXECUTE FUNCTION keep_sort_name();

-- A customer is given another name by an import alone: the programme's, and the same for everybody.
CREATE FUNCTION tell_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "KnownCustomer" SET "name" = NEW."name" WHERE "customerId" = NEW."id";
  RETURN NULL;
END;
$$;

CREATE TRIGGER "Customer_name_told" AFTER UPDATE OF "name" ON "Customer"
  FOR EACH ROW WHEN (OLD."name" IS DISTINCT FROM NEW."name") EXECUTE FUNCTION tell_name();

-- Customers and claims are found by the beginning of any word of what they are called.
CREATE INDEX "KnownCustomer_words_idx" ON "KnownCustomer" USING gin (words_of("name"));
CREATE INDEX "Claim_words_idx" ON "Claim" USING gin (words_of("name"));
CREATE INDEX "Contact_company_words_idx" ON "Contact" USING gin (words_of("company")) WHERE "side" = 'customer';

-- Open claims by when something must be done, ended ones by when they ended; each list reads its own index.
CREATE INDEX "Claim_open_idx" ON "Claim" ("organisationId", "engagementSlug", (coalesce("dueAt", 'infinity'::timestamptz)), "number")
  WHERE "openKey" IS NOT NULL;
CREATE INDEX "Claim_ended_idx" ON "Claim" ("organisationId", "engagementSlug", (coalesce("statusAt", 'infinity'::timestamptz)), "number")
  WHERE "openKey" IS NULL;

-- Whom each organisation knows from consents given before this was kept, under the name it called the customer last.
INSERT INTO "KnownCustomer" ("organisationId", "customerId", "identifierType", "identifierValue", "tenantId", "judgedId", "name", "since")
SELECT DISTINCT ON (c."organisationId", c."customerId", c."identifierType", c."identifierValue")
       c."organisationId", c."customerId", c."identifierType", c."identifierValue", c."tenantId",
       coalesce(t."id", i."id"),
       CASE WHEN coalesce(t."facts", i."facts") IS NOT NULL THEN p."name"
            ELSE coalesce((SELECT o."company" FROM "Claim" n JOIN "Contact" o ON o."claimNumber" = n."number" AND o."side" = 'customer'
                            WHERE n."organisationId" = c."organisationId" AND n."customerId" = c."customerId" AND n."consentedAt" IS NOT NULL
                            ORDER BY n."consentedAt" DESC, n."number" DESC LIMIT 1), p."name") END,
       c."consentedAt"
  FROM "Claim" c
  JOIN "Customer" p ON p."id" = c."customerId"
  JOIN "Identifier" i ON i."type" = c."identifierType" AND i."value" = c."identifierValue"
  LEFT JOIN "Identifier" t
    ON c."identifierType" = 'domain' AND t."type" = 'tenantId' AND t."value" = c."tenantId"::text
 WHERE c."consentedAt" IS NOT NULL
 ORDER BY c."organisationId", c."customerId", c."identifierType", c."identifierValue", c."consentedAt";

-- One customer, one name: the last that was given.
UPDATE "KnownCustomer" k SET "name" = n."name"
  FROM (SELECT DISTINCT ON ("organisationId", "customerId") "organisationId", "customerId", "name" FROM "KnownCustomer"
         ORDER BY "organisationId", "customerId", "since" DESC, "identifierType", "identifierValue") n
 WHERE k."organisationId" = n."organisationId" AND k."customerId" = n."customerId" AND k."name" <> n."name";
