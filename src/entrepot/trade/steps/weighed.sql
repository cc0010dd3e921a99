-- Which rows of a streamed file have a value per kilogram that is a thousand times off the median of their series?
-- Only series whose values lie far enough apart are looked at.
-- grain: nth
WITH priced AS (
    SELECT row, nth, reporter, exporter, importer, flow, product, value_usd / net_kg AS unit
    FROM kept
    WHERE value_usd > 0 AND net_kg > 0
),
wide AS (
    SELECT hash(reporter, exporter, importer, flow, product) AS h
    FROM priced
    GROUP BY h
    HAVING count(*) >= $judged AND max(unit) / min(unit) >= $least
),
middle AS (
    SELECT reporter, exporter, importer, flow, product, median(unit) AS usual
    FROM priced
    SEMI JOIN wide ON hash(reporter, exporter, importer, flow, product) = h
    GROUP BY reporter, exporter, importer, flow, product
    HAVING count(*) >= $judged
)
SELECT row, nth
FROM priced
JOIN middle USING (reporter, exporter, importer, flow, product)
WHERE abs(abs(log10(unit / usual)) - $jump) <= $slack
ORDER BY row, nth
