-- Rows of other contracts that were shown, as JSON.
CREATE TABLE "shown" (
  "id" VARCHAR NOT NULL,
  "kind" VARCHAR NOT NULL,
  "row" VARCHAR NOT NULL,
  PRIMARY KEY ("id")
);
