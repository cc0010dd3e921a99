-- Which exact or bounded reports of one quantity over one period cannot all be right?
-- An exact figure is good to half a unit of its last printed digit; "about" to half a unit of its second digit.
-- A number does not keep its trailing zeros: "14.0 billion" counts as 14, the wider of the two readings.
-- grain: id, other_id
WITH replaced AS (
  SELECT o.id FROM observations AS o SEMI JOIN observations AS later ON later.id = o.superseded_by
),
printed AS (
  SELECT *, abs(value_norm / nullif(CAST(value AS DOUBLE), 0)) AS scale,
         length(rtrim(split_part(CAST(CAST(value AS DECIMAL(38, 6)) AS VARCHAR), '.', 2), '0')) AS decimals
  FROM observations
  WHERE status = 'reported' AND id NOT IN (SELECT id FROM replaced) AND period_start IS NOT NULL AND period_end IS NOT NULL
    AND value_norm IS NOT NULL
),
ranged AS (
  SELECT *,
         CASE bound WHEN 'about' THEN 0.5 * pow(10, floor(log10(abs(nullif(value_norm, 0)))) - 1)
                    ELSE 0.5 * pow(10, -decimals) * coalesce(scale, 1) END AS half
  FROM printed
),
bounds AS (
  SELECT *,
         CASE bound WHEN 'at_most' THEN '-infinity'::DOUBLE ELSE value_norm - half END AS low,
         CASE bound WHEN 'at_least' THEN 'infinity'::DOUBLE ELSE value_norm + half END AS high
  FROM ranged
)
SELECT a.id, b.id AS other_id, p.name AS place, a.place_id, a.place_type, a.partner, a.metric, a.mode, a.direction, a.unit_norm,
       a.per, a.sector, a.origin, a.period_start, a.period_end, a.value_norm, b.value_norm AS other_value, a.bound,
       b.bound AS other_bound, a.source_id, b.source_id AS other_source_id, a.known_on, b.known_on AS other_known_on,
       a.reported_by, b.reported_by AS other_reported_by,
       coalesce(fa.family, a.reported_by) AS family, coalesce(fb.family, b.reported_by) AS other_family
FROM bounds AS a
JOIN bounds AS b
  ON a.id < b.id AND a.place_id = b.place_id AND a.metric = b.metric AND a.mode = b.mode AND a.direction = b.direction
  AND a.unit_norm = b.unit_norm AND a.period_start = b.period_start AND a.period_end = b.period_end
  AND a.partner IS NOT DISTINCT FROM b.partner AND a.per IS NOT DISTINCT FROM b.per
  AND a.sector IS NOT DISTINCT FROM b.sector AND a.origin IS NOT DISTINCT FROM b.origin
JOIN places AS p ON p.place_id = a.place_id
LEFT JOIN reporters AS fa ON fa.reported_by = a.reported_by
LEFT JOIN reporters AS fb ON fb.reported_by = b.reported_by
WHERE a.low > b.high + 1e-9 * abs(b.high) OR b.low > a.high + 1e-9 * abs(a.high)
ORDER BY a.place_id, a.metric, a.period_start, a.id
