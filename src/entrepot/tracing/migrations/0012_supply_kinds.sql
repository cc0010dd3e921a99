-- Files of supply are of several kinds, and say more than links: lots, withdrawn events, facilities, recipes, payments.
CREATE TEMP TABLE supply_files_before AS SELECT * FROM supply_files;
DROP TABLE supply_files;
CREATE TABLE "supply_files" (
  "file_id" VARCHAR NOT NULL,
  "file" VARCHAR NOT NULL,
  "kind" VARCHAR NOT NULL,
  "sha256" VARCHAR NOT NULL,
  "loaded_at" VARCHAR NOT NULL,
  "read" BIGINT NOT NULL,
  "taken" BIGINT NOT NULL,
  "links" BIGINT NOT NULL,
  "refused" BIGINT NOT NULL,
  "notes" VARCHAR[] NOT NULL,
  PRIMARY KEY ("file_id")
);
INSERT INTO supply_files BY NAME SELECT *, 'links' AS kind, links AS taken FROM supply_files_before;
DROP TABLE supply_files_before;

CREATE TABLE "supply_lots" (
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "entry" BIGINT NOT NULL,
  "act" VARCHAR NOT NULL,
  "step" VARCHAR,
  "lot" VARCHAR,
  "material" VARCHAR,
  "party_id" VARCHAR,
  "party" VARCHAR,
  "buyer_id" VARCHAR,
  "buyer" VARCHAR,
  "quantity" DOUBLE,
  "unit" VARCHAR,
  "date" VARCHAR,
  "document" VARCHAR,
  "origin" VARCHAR,
  "event_id" VARCHAR,
  PRIMARY KEY ("file_id", "row", "entry")
);

CREATE TABLE "supply_withdrawn" (
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "event_id" VARCHAR NOT NULL,
  PRIMARY KEY ("file_id", "row")
);

CREATE TABLE "supply_facilities" (
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "facility_id" VARCHAR,
  "name" VARCHAR NOT NULL,
  "address" VARCHAR,
  "country" VARCHAR,
  "sector" VARCHAR,
  PRIMARY KEY ("file_id", "row")
);

CREATE TABLE "supply_recipes" (
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "maker_id" VARCHAR,
  "maker" VARCHAR,
  "product" VARCHAR NOT NULL,
  "product_quantity" DOUBLE NOT NULL,
  "product_unit" VARCHAR,
  "material" VARCHAR NOT NULL,
  "quantity" DOUBLE NOT NULL,
  "unit" VARCHAR,
  "document" VARCHAR,
  PRIMARY KEY ("file_id", "row")
);

CREATE TABLE "supply_payments" (
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "payer_id" VARCHAR NOT NULL,
  "payer" VARCHAR NOT NULL,
  "payee_id" VARCHAR NOT NULL,
  "payee" VARCHAR NOT NULL,
  "value" DOUBLE NOT NULL,
  "currency" VARCHAR,
  "date" VARCHAR,
  "document" VARCHAR,
  "invoice" VARCHAR,
  PRIMARY KEY ("file_id", "row")
);

CREATE TABLE "supply_declarations" (
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "hs" VARCHAR,
  "invoice" VARCHAR,
  "lot" VARCHAR,
  PRIMARY KEY ("file_id", "row")
);

CREATE TABLE "supply_fault_rows" (
  "fault_id" VARCHAR NOT NULL,
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "document" VARCHAR,
  "said" VARCHAR NOT NULL,
  PRIMARY KEY ("fault_id", "file_id", "row")
);
