-- What is each place called?
-- grain: place_id
SELECT place_id, name FROM places ORDER BY place_id
