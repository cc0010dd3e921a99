-- Versions of the record that `record refresh` wrote: which tables each brings, whole, and over which packaged ones.
CREATE TABLE record_versions (
  version VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, refreshed_at VARCHAR NOT NULL, publishers VARCHAR[] NOT NULL,
  tables VARCHAR[] NOT NULL, changes BIGINT NOT NULL, notes VARCHAR[], PRIMARY KEY (sha256));
CREATE TABLE record_tables (
  version_sha256 VARCHAR NOT NULL, "table" VARCHAR NOT NULL, base VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
  content VARCHAR NOT NULL, PRIMARY KEY (version_sha256, "table"));
