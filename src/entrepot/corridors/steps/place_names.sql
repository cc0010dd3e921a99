-- What is each place called, where does it lie, and by which modes is it crossed?
-- grain: place_id
SELECT p.place_id, p.name, p.kind, p.parent, p.countries, coalesce(c.modes, []) AS modes
FROM places AS p
LEFT JOIN crossings AS c ON c.place_id = p.place_id
ORDER BY p.place_id
