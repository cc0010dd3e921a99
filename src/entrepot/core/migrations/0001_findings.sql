-- What was shown, and the rows of the record that each finding rests on.
CREATE TABLE "findings" (
  "id" VARCHAR NOT NULL,
  "kind" VARCHAR NOT NULL,
  "subject" VARCHAR NOT NULL,
  "quantity" VARCHAR NOT NULL,
  "value" VARCHAR NOT NULL,
  "unit" VARCHAR,
  "period_start" VARCHAR,
  "period_end" VARCHAR,
  "as_of" VARCHAR,
  "status" VARCHAR NOT NULL,
  "low" DOUBLE,
  "high" DOUBLE,
  "basis" VARCHAR NOT NULL,
  "sources" VARCHAR[] NOT NULL,
  PRIMARY KEY ("id")
);

CREATE TABLE "grounds" (
  "finding_id" VARCHAR NOT NULL,
  "table" VARCHAR NOT NULL,
  "row_id" VARCHAR NOT NULL,
  "source_id" VARCHAR,
  PRIMARY KEY ("finding_id", "table", "row_id")
);
