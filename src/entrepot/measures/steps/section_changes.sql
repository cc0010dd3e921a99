-- Which held parties changed their section of the list after they were listed, as of the day?
-- grain: id
SELECT m.id, m.entity_id, l.name, m.value AS section, m.valid_from, m.valid_to, m.source_id, m.note, l.valid_from AS listed_on
FROM membership AS m
JOIN listings AS l ON l.entity_id = m.entity_id AND l.list_id = m.list_id
WHERE m.list_id = $list_id AND m.what = 'section' AND m.value IS NOT NULL AND m.certainty = 'dated'
  AND (m.valid_from > l.valid_from OR m.valid_to IS NOT NULL)
  AND m.valid_from <= strftime($as_of, '%Y-%m-%d')
ORDER BY m.valid_from, m.entity_id, m.value
