-- Which rows of a streamed file have a value per kilogram that is a thousand times off the median of their series, and
-- how many decades are the value and the weight from the medians of their own series, and of the five periods around?
-- Only series whose values lie far enough apart are looked at.
-- grain: nth
WITH priced AS (
    SELECT row, nth, reporter, exporter, importer, flow, product, hs_vintage, period, frequency, value_usd, net_kg,
           value_usd / net_kg AS unit
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
    SELECT reporter, exporter, importer, flow, product, median(unit) AS usual, median(value_usd) AS usual_value,
           median(net_kg) AS usual_weight
    FROM priced
    SEMI JOIN wide ON hash(reporter, exporter, importer, flow, product) = h
    GROUP BY reporter, exporter, importer, flow, product
    HAVING count(*) >= $judged
),
around AS (
    SELECT *, median(value_usd) OVER beside AS value_beside, median(net_kg) OVER beside AS weight_beside
    FROM priced
    SEMI JOIN middle USING (reporter, exporter, importer, flow, product)
    WINDOW beside AS (
        PARTITION BY reporter, exporter, importer, flow, product, frequency
        ORDER BY period, hs_vintage ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING
    )
)
SELECT row, nth, abs(log10(value_usd / usual_value)) AS value_off, abs(log10(net_kg / usual_weight)) AS weight_off,
       abs(log10(value_usd / value_beside)) AS value_around, abs(log10(net_kg / weight_beside)) AS weight_around
FROM around
JOIN middle USING (reporter, exporter, importer, flow, product)
WHERE abs(abs(log10(unit / usual)) - $jump) <= $slack
ORDER BY row, nth
