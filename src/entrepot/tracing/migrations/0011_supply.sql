-- Files of supply links, the links, the rows refused, and the links under each exposure that was shown.
CREATE TABLE "supply_files" (
  "file_id" VARCHAR NOT NULL,
  "file" VARCHAR NOT NULL,
  "sha256" VARCHAR NOT NULL,
  "loaded_at" VARCHAR NOT NULL,
  "read" BIGINT NOT NULL,
  "links" BIGINT NOT NULL,
  "refused" BIGINT NOT NULL,
  "notes" VARCHAR[] NOT NULL,
  PRIMARY KEY ("file_id")
);

CREATE TABLE "supply_links" (
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "supplier_id" VARCHAR NOT NULL,
  "supplier" VARCHAR NOT NULL,
  "supplier_address" VARCHAR,
  "supplier_country" VARCHAR,
  "buyer_id" VARCHAR NOT NULL,
  "buyer" VARCHAR NOT NULL,
  "material" VARCHAR,
  "product" VARCHAR,
  "quantity" DOUBLE,
  "unit" VARCHAR,
  "value" DOUBLE,
  "currency" VARCHAR,
  "low_percent" DOUBLE,
  "high_percent" DOUBLE,
  "date" VARCHAR,
  "document" VARCHAR,
  "origin" VARCHAR,
  PRIMARY KEY ("file_id", "row")
);

CREATE TABLE "supply_refused" (
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "problem" VARCHAR NOT NULL,
  "remedy" VARCHAR NOT NULL,
  PRIMARY KEY ("file_id", "row")
);

CREATE TABLE "exposure_links" (
  "exposure_id" VARCHAR NOT NULL,
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "supplier_id" VARCHAR NOT NULL,
  "supplier" VARCHAR NOT NULL,
  "supplier_address" VARCHAR,
  "supplier_country" VARCHAR,
  "buyer_id" VARCHAR NOT NULL,
  "buyer" VARCHAR NOT NULL,
  "material" VARCHAR,
  "product" VARCHAR,
  "quantity" DOUBLE,
  "unit" VARCHAR,
  "value" DOUBLE,
  "currency" VARCHAR,
  "low_percent" DOUBLE,
  "high_percent" DOUBLE,
  "date" VARCHAR,
  "document" VARCHAR,
  "origin" VARCHAR,
  PRIMARY KEY ("exposure_id", "file_id", "row")
);
