-- Which rows of a streamed file are of an older edition of the HS than the newest of the same report, in another block?
-- grain: nth
WITH newest AS (
    SELECT reporter, flow, period, max(hs_vintage) AS edition
    FROM blocks
    WHERE hs_vintage <> 'unknown'
    GROUP BY reporter, flow, period
)
SELECT row, nth
FROM blocks
JOIN newest USING (reporter, flow, period)
WHERE hs_vintage <> 'unknown' AND hs_vintage < edition
ORDER BY row, nth
