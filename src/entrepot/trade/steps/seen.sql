-- Which periods does each reporter have values of?
-- grain: reporter, flow, frequency
SELECT reporter, flow, frequency, list_sort(list(DISTINCT period)) AS periods
FROM parts
LEFT JOIN amended USING (row)
ANTI JOIN aside USING (row)
WHERE value_usd IS NOT NULL AND NOT coalesce(silent, FALSE)
GROUP BY reporter, flow, frequency
ORDER BY reporter, flow, frequency
