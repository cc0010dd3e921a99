-- What was reported, forecast or planned anywhere, known by $as_of? One row an observation, those that were replaced too.
-- grain: id
SELECT o.*, coalesce(p.name, o.place) AS place_name
FROM observations AS o
LEFT JOIN places AS p ON p.place_id = o.place_id
WHERE $as_of IS NOT NULL
ORDER BY o.id
