-- What did a reporter count by period, in a streamed file? `suspect_values.sums` says the same of one that is held.
-- grain: reporter, flow, frequency, period
SELECT reporter, flow, frequency, period, sum(value_usd) AS value
FROM kept
WHERE value_usd > 0
GROUP BY reporter, flow, frequency, period
ORDER BY reporter, flow, frequency, period
