-- What is a kilogram worth to each reporter of a streamed file, by flow and product?
-- grain: reporter, flow, product
SELECT reporter, flow, product, median(log10(value_usd / net_kg)) AS price, count(*) AS n
FROM kept
WHERE value_usd > 0 AND net_kg > 0 AND flow IN ('import', 'export') AND nth NOT IN (SELECT nth FROM off)
GROUP BY reporter, flow, product
