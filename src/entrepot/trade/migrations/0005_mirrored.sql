-- Mirrored flows that were shown, and the reports of the person's file that each rests on. Two files may
-- tell of one flow: the key is the id.
CREATE TABLE "mirrored" (
  "exporter" VARCHAR NOT NULL,
  "importer" VARCHAR NOT NULL,
  "product" VARCHAR NOT NULL,
  "hs_vintage" VARCHAR NOT NULL,
  "period" VARCHAR NOT NULL,
  "sides" VARCHAR NOT NULL,
  "export_usd" DOUBLE,
  "import_usd" DOUBLE,
  "margin" DOUBLE NOT NULL,
  "value_usd" DOUBLE NOT NULL,
  "low_usd" DOUBLE NOT NULL,
  "high_usd" DOUBLE NOT NULL,
  "gap_usd" DOUBLE,
  "z" DOUBLE,
  "mirror_gap_usd" DOUBLE,
  "mirror_id" VARCHAR NOT NULL,
  PRIMARY KEY ("mirror_id")
);

CREATE TABLE "mirror_reports" (
  "mirror_id" VARCHAR NOT NULL,
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
  PRIMARY KEY ("mirror_id", "reporter", "exporter", "importer", "flow", "product", "hs_vintage", "period")
);
