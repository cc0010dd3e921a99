-- What is each crossing called?
-- grain: place_id
SELECT place_id, name FROM crossings ORDER BY place_id
