-- Which held parties changed their section of the list after they were listed, as of the day?
-- grain: id
WITH sections AS (
  SELECT * REPLACE (CASE WHEN valid_to <= strftime($as_of, '%Y-%m-%d') THEN valid_to END AS valid_to)
  FROM membership
  WHERE list_id = $list_id AND what = 'section' AND value IS NOT NULL AND certainty = 'dated'
    AND valid_from <= strftime($as_of, '%Y-%m-%d')
)
SELECT m.id, m.entity_id, l.name, m.value AS section, m.valid_from, m.valid_to, m.source_id, m.note, l.valid_from AS listed_on
FROM sections AS m
JOIN listings AS l ON l.entity_id = m.entity_id AND l.list_id = m.list_id
WHERE m.valid_from > l.valid_from OR m.valid_to IS NOT NULL
ORDER BY m.valid_from, m.entity_id, m.value
