-- The containers that a declaration or a bill of lading names.
ALTER TABLE "supply_declarations" ADD COLUMN "container" VARCHAR;
