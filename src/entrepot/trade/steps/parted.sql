-- Which rows of a streamed file are parts of one flow?
-- grain: row
WITH hashed AS (
    SELECT hash(reporter, exporter, importer, flow, product, hs_vintage, period) AS h
    FROM settled
    GROUP BY h
    HAVING count(*) > 1
),
flows AS (
    SELECT reporter, exporter, importer, flow, product, hs_vintage, period
    FROM settled
    SEMI JOIN hashed ON hash(reporter, exporter, importer, flow, product, hs_vintage, period) = h
    GROUP BY reporter, exporter, importer, flow, product, hs_vintage, period
    HAVING count(*) > 1
)
SELECT row
FROM settled
SEMI JOIN flows USING (reporter, exporter, importer, flow, product, hs_vintage, period)
ORDER BY row
