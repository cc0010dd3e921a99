-- Which flows are in a streamed file more than once, across its blocks? Compared by a hash of the key, then by the key.
-- grain: nth
WITH hashed AS (
    SELECT hash(reporter, exporter, importer, flow, product, hs_vintage, period) AS h
    FROM settled
    GROUP BY h
    HAVING count(*) > 1
)
SELECT row, nth, reporter, exporter, importer, flow, product, hs_vintage, period, value_usd, quantity, net_kg, estimated_quantity,
       unread
FROM settled
SEMI JOIN hashed ON hash(reporter, exporter, importer, flow, product, hs_vintage, period) = h
ORDER BY row, nth
