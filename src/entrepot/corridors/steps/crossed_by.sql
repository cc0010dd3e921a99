-- Which crossings does a mode cross?
-- grain: place_id
SELECT place_id
FROM crossings
WHERE list_contains(modes, $mode)
ORDER BY place_id
