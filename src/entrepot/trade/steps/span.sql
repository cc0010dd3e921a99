-- Which periods do the flows cover, by product, as of the day?
-- grain: product
SELECT product, min(period) AS first_period, max(period) AS last_period, list(DISTINCT hs ORDER BY hs) AS codes
FROM flows
WHERE CAST(period_end AS DATE) <= $as_of
GROUP BY product
ORDER BY product
