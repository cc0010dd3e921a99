-- The versions of lists that were loaded.
CREATE TABLE list_versions (
  list_id VARCHAR NOT NULL, version VARCHAR NOT NULL, title VARCHAR NOT NULL, format VARCHAR NOT NULL,
  proven BOOLEAN NOT NULL, loaded_at VARCHAR NOT NULL, entries BIGINT NOT NULL, names BIGINT NOT NULL,
  sha256 VARCHAR NOT NULL, file VARCHAR NOT NULL, notes VARCHAR[] NOT NULL,
  PRIMARY KEY (list_id, version));
