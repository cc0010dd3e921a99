-- Which rows of a streamed file are totals: a longer code of the same report and partners begins with theirs, or they
-- stand behind a plus already?
-- grain: nth
WITH sizes AS (
    SELECT DISTINCT length(product) AS size
    FROM blocks
    WHERE left(product, 1) <> '+'
),
begun AS (
    SELECT DISTINCT reporter, flow, period, exporter, importer, hs_vintage, left(product, size) AS product
    FROM blocks
    JOIN sizes ON length(product) > size
    WHERE left(product, 1) <> '+'
)
SELECT row, nth, length(product) AS size, FALSE AS marked
FROM blocks
SEMI JOIN begun USING (reporter, flow, period, exporter, importer, hs_vintage, product)
UNION ALL
SELECT row, nth, length(product) - 1 AS size, TRUE AS marked
FROM blocks
WHERE left(product, 1) = '+' AND product <> '+TOTAL'
ORDER BY row, nth
