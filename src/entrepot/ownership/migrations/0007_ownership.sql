-- Files of ownership data, who and what they name, and the links under each verdict that was shown.
-- Parties and links have no key: a file is taken whole or not at all, and an index over some millions of rows takes
-- longer than they do.
CREATE TABLE "ownership_files" (
  "file_id" VARCHAR NOT NULL,
  "file" VARCHAR NOT NULL,
  "format" VARCHAR NOT NULL,
  "sha256" VARCHAR NOT NULL,
  "loaded_at" VARCHAR NOT NULL,
  "parties" BIGINT NOT NULL,
  "links" BIGINT NOT NULL,
  "notes" VARCHAR[] NOT NULL,
  PRIMARY KEY ("file_id")
);

CREATE TABLE "ownership_parties" (
  "file_id" VARCHAR NOT NULL,
  "party_id" VARCHAR NOT NULL,
  "name" VARCHAR NOT NULL,
  "kind" VARCHAR NOT NULL,
  "numbers" VARCHAR[]
);

CREATE TABLE "ownership_links" (
  "file_id" VARCHAR NOT NULL,
  "nth" BIGINT NOT NULL,
  "row" BIGINT NOT NULL,
  "owner_id" VARCHAR NOT NULL,
  "owned_id" VARCHAR NOT NULL,
  "interest" VARCHAR NOT NULL,
  "low_percent" DOUBLE NOT NULL,
  "high_percent" DOUBLE NOT NULL,
  "said" VARCHAR,
  "valid_from" VARCHAR,
  "valid_to" VARCHAR
);

CREATE TABLE "verdict_links" (
  "ownership_id" VARCHAR NOT NULL,
  "file_id" VARCHAR NOT NULL,
  "nth" BIGINT NOT NULL,
  "row" BIGINT NOT NULL,
  "owner_id" VARCHAR NOT NULL,
  "owned_id" VARCHAR NOT NULL,
  "interest" VARCHAR NOT NULL,
  "low_percent" DOUBLE NOT NULL,
  "high_percent" DOUBLE NOT NULL,
  "said" VARCHAR,
  "valid_from" VARCHAR,
  "valid_to" VARCHAR,
  "owner" VARCHAR NOT NULL,
  "owned" VARCHAR NOT NULL,
  PRIMARY KEY ("ownership_id", "file_id", "nth")
);
