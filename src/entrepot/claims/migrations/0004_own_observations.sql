-- The person's own observations, out of reports that were checked.
CREATE TABLE own_observations (
  id VARCHAR NOT NULL, place_id VARCHAR NOT NULL, place VARCHAR NOT NULL, place_type VARCHAR NOT NULL,
  partner VARCHAR, sector VARCHAR, origin VARCHAR, mode VARCHAR NOT NULL, direction VARCHAR NOT NULL,
  metric VARCHAR NOT NULL, value DOUBLE NOT NULL, unit VARCHAR NOT NULL, value_norm DOUBLE NOT NULL,
  unit_norm VARCHAR NOT NULL, per VARCHAR, bound VARCHAR NOT NULL, status VARCHAR NOT NULL,
  period_start VARCHAR, period_end VARCHAR, yoy_pct DOUBLE, reported_by VARCHAR, published VARCHAR,
  source_id VARCHAR NOT NULL, quality VARCHAR NOT NULL, superseded_by VARCHAR, known_on VARCHAR NOT NULL,
  known_on_basis VARCHAR NOT NULL, corrected VARCHAR, note VARCHAR, reviewed BOOLEAN NOT NULL,
  claim_id VARCHAR NOT NULL, report VARCHAR NOT NULL, PRIMARY KEY (id));
