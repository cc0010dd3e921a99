-- Which rows of a streamed file have a value of zero?
-- grain: row
SELECT row
FROM blocks
WHERE value_usd = 0
ORDER BY row
