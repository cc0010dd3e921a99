-- Which periods do the flows cover, by product, as of the day, and up to which has any partner a capacity?
-- grain: product
SELECT product, min(period) AS first_period, max(period) AS last_period,
       max(period) FILTER (WHERE capacity_mw IS NOT NULL) AS last_capacity, list(DISTINCT hs ORDER BY hs) AS codes
FROM flows
WHERE CAST(period_end AS DATE) <= $as_of
GROUP BY product
ORDER BY product
