-- Which listed parties does the record hold, in force on the day, and under which name and sections did they stand then?
-- names_from says from what kind of copy the names of the notice that listed the party are held.
-- grain: entity_id
WITH sections AS (
  SELECT entity_id, list_id, list(value ORDER BY value) AS section, list(id ORDER BY value) AS section_rows,
         list(source_id ORDER BY value) AS section_sources
  FROM membership
  WHERE what = 'section' AND value IS NOT NULL
    AND valid_from <= strftime($as_of, '%Y-%m-%d')
    AND (valid_to IS NULL OR valid_to > strftime($as_of, '%Y-%m-%d'))
  GROUP BY entity_id, list_id
),
names AS (
  SELECT entity_id, list_id, any_value(value) AS name
  FROM membership
  WHERE what = 'name' AND valid_from <= strftime($as_of, '%Y-%m-%d')
    AND (valid_to IS NULL OR valid_to > strftime($as_of, '%Y-%m-%d'))
  GROUP BY entity_id, list_id
  HAVING count(*) = 1
)
SELECT l.entity_id, l.list_entry_id, coalesce(n.name, l.name) AS name, l.name_zh, l.name_zh_basis, l.kind, s.section, s.section_rows, s.section_sources, l.sector, l.province,
       l.programme, l.product, l.valid_from, l.source_id,
       l.name_basis, b.names_from
FROM listings AS l
LEFT JOIN sections AS s ON s.entity_id = l.entity_id AND s.list_id = l.list_id
LEFT JOIN names AS n ON n.entity_id = l.entity_id AND n.list_id = l.list_id
LEFT JOIN batches AS b ON b.list_id = l.list_id AND b.date = l.valid_from
WHERE l.list_id = $list_id
  AND l.valid_from <= strftime($as_of, '%Y-%m-%d')
  AND (l.valid_to IS NULL OR l.valid_to > strftime($as_of, '%Y-%m-%d'))
ORDER BY l.valid_from, name, l.entity_id
