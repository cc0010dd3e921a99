-- What cargo was last reported for each crossing, over the longest period ending last, widest scope first?
-- Posts of the other side are left out: they stand opposite one that is drawn. Where a pipeline crosses, only road and
-- rail count: a figure of all modes may hold what the pipeline carries, and is of another kind than the others.
-- grain: place_id
WITH cargo AS (
  SELECT o.*,
         CASE o.mode WHEN 'all' THEN 0 WHEN 'unknown' THEN 1 WHEN 'rail' THEN 2 ELSE 3 END AS scope
  FROM observations AS o
  WHERE o.metric = 'cargo' AND o.direction = 'both' AND o.unit_norm = 'tonnes' AND o.per IS NULL
    AND o.status = 'reported' AND o.period_end IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM observations AS later WHERE later.id = o.superseded_by)
)
SELECT c.place_id, c.name AS place, c.lat, c.lon, c.coord_uncertainty_km, c.country, c.partner AS other_country, c.kind,
       c.status AS crossing_status, c.source_id AS crossing_source_id, o.id, o.value_norm, o.unit_norm, o.mode, o.bound,
       o.period_start, o.period_end, o.source_id
FROM crossings AS c
LEFT JOIN cargo AS o
  ON o.place_id = c.place_id AND (o.mode IN ('rail', 'road') OR NOT coalesce(list_contains(c.modes, 'pipeline'), false))
WHERE c.lat IS NOT NULL AND c.kind IN ('chinese_post', 'crossing_point')
QUALIFY row_number() OVER (
  PARTITION BY c.place_id ORDER BY left(o.period_end, 4) DESC NULLS LAST, o.scope, o.period_start, o.period_end DESC, o.id
) = 1
ORDER BY c.place_id
