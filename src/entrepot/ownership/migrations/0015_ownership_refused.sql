-- Rows of a table of one's own that could not be taken, beside those that were. A file that was loaded before was taken
-- whole; how many rows of it hold no link is not known.
ALTER TABLE "ownership_files" ADD COLUMN "read" BIGINT;
ALTER TABLE "ownership_files" ADD COLUMN "refused" BIGINT;
ALTER TABLE "ownership_files" ADD COLUMN "refused_rows" VARCHAR[];
