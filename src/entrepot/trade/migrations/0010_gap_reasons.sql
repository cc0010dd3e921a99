-- Reasons for mirror gaps that were shown, and the reports of the person's file that each rests on.
CREATE TABLE "gap_reasons" (
  "exporter" VARCHAR NOT NULL,
  "importer" VARCHAR NOT NULL,
  "product" VARCHAR NOT NULL,
  "hs_vintage" VARCHAR NOT NULL,
  "period" VARCHAR NOT NULL,
  "gap_usd" DOUBLE NOT NULL,
  "reason" VARCHAR NOT NULL,
  "beside" VARCHAR,
  "amount_usd" DOUBLE NOT NULL,
  "share" DOUBLE NOT NULL,
  "opposite" BIGINT,
  "both" BIGINT,
  "quantity_pct" DOUBLE,
  "consistent_with" VARCHAR NOT NULL,
  "mirror_id" VARCHAR NOT NULL,
  "reason_id" VARCHAR NOT NULL,
  PRIMARY KEY ("reason_id")
);

CREATE TABLE "gap_reports" (
  "reason_id" VARCHAR NOT NULL,
  "reporter" VARCHAR NOT NULL,
  "exporter" VARCHAR NOT NULL,
  "importer" VARCHAR NOT NULL,
  "flow" VARCHAR NOT NULL,
  "valuation" VARCHAR NOT NULL,
  "product" VARCHAR NOT NULL,
  "hs_vintage" VARCHAR NOT NULL,
  "period" VARCHAR NOT NULL,
  "frequency" VARCHAR NOT NULL,
  "value_usd" DOUBLE,
  "quantity" DOUBLE,
  "quantity_unit" VARCHAR,
  "net_kg" DOUBLE,
  "estimated_quantity" DOUBLE,
  "estimated_unit" VARCHAR,
  "status" VARCHAR NOT NULL,
  "source_id" VARCHAR NOT NULL,
  PRIMARY KEY ("reason_id", "reporter", "exporter", "importer", "flow", "product", "hs_vintage", "period")
);
