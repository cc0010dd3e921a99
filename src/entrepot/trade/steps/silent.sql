-- Which rows of a streamed file are zeros of a period of which the reporter has nothing else, and has values of others?
-- grain: nth
WITH periods AS (
    SELECT reporter, flow, period, max(value_usd) AS most
    FROM blocks
    GROUP BY reporter, flow, period
),
silent AS (
    SELECT reporter, flow, period
    FROM periods
    JOIN (SELECT reporter, flow, max(most) AS ever FROM periods GROUP BY reporter, flow) AS told USING (reporter, flow)
    WHERE most = 0 AND ever > 0
)
SELECT row, nth
FROM blocks
SEMI JOIN silent USING (reporter, flow, period)
WHERE value_usd = 0
ORDER BY row, nth
