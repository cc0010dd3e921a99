-- What cargo was last reported for each of some crossings by one mode, over the longest period ending in the latest year?
-- A crossing without any keeps its row. What a pipeline carries is in none of them: the mode is road or rail.
-- grain: place_id
WITH cargo AS (
  SELECT o.*
  FROM observations AS o
  WHERE o.metric = 'cargo' AND o.direction = 'both' AND o.unit_norm = 'tonnes' AND o.per IS NULL AND o.mode = $mode
    AND o.status = 'reported' AND o.period_end IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM observations AS later WHERE later.id = o.superseded_by)
)
SELECT c.place_id, c.name AS place, c.lat, c.lon, list_contains(c.modes, $mode) AS has_mode, o.id
FROM crossings AS c
LEFT JOIN cargo AS o USING (place_id)
WHERE c.lat IS NOT NULL AND list_contains($places, c.place_id)
QUALIFY row_number() OVER (
  PARTITION BY c.place_id ORDER BY left(o.period_end, 4) DESC NULLS LAST, o.period_start, o.period_end DESC, o.id
) = 1
ORDER BY c.place_id
