-- What was reported for these places and metrics, oldest period first? A row counts until the one that replaces it is known.
-- The family is whose count it is: figures of two families are held against no other. Where nobody is named as having
-- counted, that is who printed it: two papers without a counter are not one office.
-- grain: id
SELECT o.id, o.place_id, p.name AS place, o.place_type, o.partner, o.sector, o.origin, o.mode, o.direction, o.metric, o.value, o.unit,
       o.value_norm, o.unit_norm, o.per, o.bound, o.status, o.period_start, o.period_end, o.yoy_pct, o.reported_by,
       coalesce(f.family, o.reported_by, s.publisher, 'reporter not named') AS family, o.published, o.known_on, o.quality, o.source_id, o.note, o.superseded_by
FROM observations AS o
JOIN places AS p ON p.place_id = o.place_id
LEFT JOIN reporters AS f ON f.reported_by = o.reported_by
LEFT JOIN sources AS s ON s.source_id = o.source_id
WHERE list_contains($places, o.place_id)
  AND (len($metrics) = 0 OR list_contains($metrics, o.metric))
  AND NOT EXISTS (SELECT 1 FROM observations AS later WHERE later.id = o.superseded_by)
ORDER BY o.place_id, o.metric, o.period_start NULLS FIRST, o.period_end, o.id
