-- Which rows of a streamed file are of flows that it gives at more than one valuation; of how many flows of its kind?
-- grain: nth
WITH counted AS (
    SELECT reporter, exporter, importer, flow, product, hs_vintage, period, count(DISTINCT valuation) AS ways
    FROM blocks
    GROUP BY reporter, exporter, importer, flow, product, hs_vintage, period
),
reports AS (
    SELECT reporter, flow, count(*) AS flows
    FROM counted
    GROUP BY reporter, flow
)
SELECT row, nth, reporter, exporter, importer, flow, product, hs_vintage, period, valuation, value_usd, flows
FROM blocks
JOIN counted USING (reporter, exporter, importer, flow, product, hs_vintage, period)
JOIN reports USING (reporter, flow)
WHERE ways > 1
ORDER BY row, nth
