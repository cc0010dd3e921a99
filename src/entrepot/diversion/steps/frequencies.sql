-- How many rows does each length of period have?
-- grain: frequency
SELECT frequency, count(*) AS counted
FROM trade_flows
GROUP BY frequency
ORDER BY frequency
