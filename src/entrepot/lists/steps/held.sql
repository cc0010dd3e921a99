-- Which listed parties does the record hold, in force on the day, and under which sections did they stand then?
-- grain: entity_id
WITH sections AS (
  SELECT entity_id, list_id, list(value ORDER BY value) AS section, list(id ORDER BY value) AS section_rows,
         list(source_id ORDER BY value) AS section_sources
  FROM membership
  WHERE what = 'section' AND value IS NOT NULL
    AND valid_from <= strftime($as_of, '%Y-%m-%d')
    AND (valid_to IS NULL OR valid_to > strftime($as_of, '%Y-%m-%d'))
  GROUP BY entity_id, list_id
)
SELECT l.entity_id, l.name, l.name_zh, l.kind, s.section, s.section_rows, s.section_sources, l.sector, l.province,
       l.programme, l.product, l.valid_from, l.source_id
FROM listings AS l
LEFT JOIN sections AS s ON s.entity_id = l.entity_id AND s.list_id = l.list_id
WHERE l.list_id = $list_id
  AND l.valid_from <= strftime($as_of, '%Y-%m-%d')
  AND (l.valid_to IS NULL OR l.valid_to > strftime($as_of, '%Y-%m-%d'))
ORDER BY l.valid_from, l.name, l.entity_id
