-- Which rows of a streamed file are a reporter's flows of a kind with a value in a period?
-- grain: row
SELECT row
FROM kept
WHERE reporter = $reporter AND flow = $flow AND period = $period AND value_usd IS NOT NULL
ORDER BY row
