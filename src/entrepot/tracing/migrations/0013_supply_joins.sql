-- Which parties of files of supply are one firm: by pairs, made anew when a file comes or goes or a person decides.
CREATE TABLE "supply_joins" (
  "state" VARCHAR NOT NULL,
  "way" VARCHAR NOT NULL,
  "party" VARCHAR NOT NULL,
  "other" VARCHAR NOT NULL,
  "score" DOUBLE NOT NULL,
  "reasons" VARCHAR[] NOT NULL,
  "party_id" VARCHAR NOT NULL,
  "other_id" VARCHAR NOT NULL,
  "one_id" VARCHAR,
  "join_id" VARCHAR NOT NULL,
  PRIMARY KEY ("join_id")
);

-- Declarations name the crossing that goods went over.
ALTER TABLE "supply_declarations" ADD COLUMN "crossing" VARCHAR;
