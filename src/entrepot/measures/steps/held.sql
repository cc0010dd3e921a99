-- Which listed parties does the record hold, in force on the day?
-- grain: entity_id
SELECT entity_id, name, name_zh, kind, section, sector, province, programme, product, valid_from, source_id
FROM listings
WHERE list_id = $list_id
  AND valid_from IS NOT NULL
  AND valid_from <= strftime($as_of, '%Y-%m-%d')
  AND (valid_to IS NULL OR valid_to > strftime($as_of, '%Y-%m-%d'))
ORDER BY valid_from, name
