-- What cargo was last reported for each of some crossings by one mode, over the longest period ending in the latest year?
-- A crossing without any keeps its row. What a pipeline carries is in none of them: the mode is road or rail.
-- Those of which the record has no coordinates stand where $given says, by id, longitude and latitude.
-- grain: place_id
WITH given AS (
  SELECT unnest($given) AS place_id, unnest($lons) AS lon, unnest($lats) AS lat
), spots AS (
  SELECT place_id, name, lon, lat FROM crossings WHERE lat IS NOT NULL AND list_contains($places, place_id)
  UNION ALL
  SELECT g.place_id, p.name, g.lon, g.lat
  FROM given AS g
  JOIN places AS p USING (place_id)
  WHERE NOT EXISTS (SELECT 1 FROM crossings AS c WHERE c.place_id = g.place_id AND c.lat IS NOT NULL)
), cargo AS (
  SELECT o.*
  FROM observations AS o
  WHERE o.metric = 'cargo' AND o.direction = 'both' AND o.unit_norm = 'tonnes' AND o.per IS NULL AND o.mode = $mode
    AND o.status = 'reported' AND o.period_end IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM observations AS later WHERE later.id = o.superseded_by)
)
SELECT s.place_id, s.name AS place, s.lat, s.lon, o.id
FROM spots AS s
LEFT JOIN cargo AS o USING (place_id)
QUALIFY row_number() OVER (
  PARTITION BY s.place_id ORDER BY left(o.period_end, 4) DESC NULLS LAST, o.period_start, o.period_end DESC, o.id
) = 1
ORDER BY s.place_id
