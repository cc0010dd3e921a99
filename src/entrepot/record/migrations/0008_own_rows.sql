-- Rows that a person adds with a source come from no claim, and may have a name of the person's; their sources.
CREATE TEMP TABLE own_before AS SELECT * FROM own_observations;
DROP TABLE own_observations;
CREATE TABLE own_observations (
  id VARCHAR NOT NULL, place_id VARCHAR NOT NULL, place VARCHAR NOT NULL, place_type VARCHAR NOT NULL,
  partner VARCHAR, sector VARCHAR, origin VARCHAR, mode VARCHAR NOT NULL, direction VARCHAR NOT NULL,
  metric VARCHAR NOT NULL, value DOUBLE NOT NULL, unit VARCHAR NOT NULL, value_norm DOUBLE NOT NULL,
  unit_norm VARCHAR NOT NULL, per VARCHAR, bound VARCHAR NOT NULL, status VARCHAR NOT NULL,
  period_start VARCHAR, period_end VARCHAR, yoy_pct DOUBLE, reported_by VARCHAR, published VARCHAR,
  source_id VARCHAR NOT NULL, quality VARCHAR NOT NULL, superseded_by VARCHAR, known_on VARCHAR NOT NULL,
  known_on_basis VARCHAR NOT NULL, corrected VARCHAR, note VARCHAR, reviewed BOOLEAN NOT NULL,
  claim_id VARCHAR, report VARCHAR, own_id VARCHAR, PRIMARY KEY (id));
INSERT INTO own_observations BY NAME SELECT * FROM own_before;
DROP TABLE own_before;
CREATE TABLE own_sources (
  source_id VARCHAR NOT NULL, publisher VARCHAR NOT NULL, title VARCHAR, url VARCHAR, url_basis VARCHAR,
  source_kind VARCHAR, published VARCHAR, licence VARCHAR, retrieved VARCHAR, sha256 VARCHAR, PRIMARY KEY (source_id));
