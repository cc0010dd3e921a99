-- Which periods does each reporter have values of?
-- grain: reporter, flow, frequency
SELECT reporter, flow, frequency, list_sort(list(DISTINCT period)) AS periods
FROM kept
WHERE value_usd IS NOT NULL
GROUP BY reporter, flow, frequency
ORDER BY reporter, flow, frequency
