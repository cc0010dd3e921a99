-- Statements of a dossier rest on rows of the person's files, kept as they were.
CREATE TABLE "dossier_rows" (
  "line_id" VARCHAR NOT NULL,
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "document" VARCHAR,
  "said" VARCHAR NOT NULL,
  PRIMARY KEY ("line_id", "file_id", "row")
);

-- Papers that belong to papers of other files, and their languages.
CREATE TABLE "supply_papers" (
  "file_id" VARCHAR NOT NULL,
  "row" BIGINT NOT NULL,
  "document" VARCHAR NOT NULL,
  "belongs_to" VARCHAR NOT NULL,
  "issuer" VARCHAR,
  "sort" VARCHAR,
  "language" VARCHAR,
  "translation_of" VARCHAR,
  "date" VARCHAR,
  PRIMARY KEY ("file_id", "row")
);
