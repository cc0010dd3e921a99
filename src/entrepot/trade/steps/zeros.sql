-- Which rows of a streamed file have a value of zero?
-- grain: nth
SELECT row, nth
FROM blocks
WHERE value_usd = 0
ORDER BY row, nth
