-- Which reports of one event disagree on its date or its size?
-- grain: id, other_id
SELECT a.id, b.id AS other_id, a.kind, a.place, a.title, a.date, b.date AS other_date, a.magnitude,
       b.magnitude AS other_magnitude, a.source_id, b.source_id AS other_source_id, a.known_on,
       b.known_on AS other_known_on, b.title AS other_title, a.place_id, a.countries,
       NOT (starts_with(a.date, b.date) OR starts_with(b.date, a.date)) AS dates_differ
FROM events AS a
JOIN events AS b ON b.same_as = a.id
WHERE NOT (starts_with(a.date, b.date) OR starts_with(b.date, a.date))
   OR NOT (contains(a.magnitude, b.magnitude) OR contains(b.magnitude, a.magnitude))
ORDER BY a.date, a.id, b.id
