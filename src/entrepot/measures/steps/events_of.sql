-- Which dated events of these kinds touch any of these places or countries, known by the day?
-- grain: id
SELECT id, date, effective, kind, place_id, place, countries, actors, title, magnitude, status, same_as, quality,
       source_id, known_on
FROM events
WHERE list_contains($kinds, kind)
  AND (len($places) = 0 OR len(list_intersect(coalesce(place_id, []), $places)) > 0)
  AND (len($countries) = 0 OR len(list_intersect(coalesce(countries, []), $countries)) > 0)
ORDER BY date, id
