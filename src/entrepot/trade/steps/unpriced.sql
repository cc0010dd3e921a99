-- Which rows of a streamed file have a value per kilogram that is out of all bounds of their product?
-- grain: row
WITH priced AS (
    SELECT row, product, log10(value_usd / net_kg) AS unit
    FROM kept
    WHERE value_usd > 0 AND net_kg > 0 AND nth NOT IN (SELECT nth FROM off)
),
usual AS (
    SELECT product, median(unit) AS usual
    FROM priced
    GROUP BY product
    HAVING count(*) >= $judged
)
SELECT DISTINCT p.row
FROM priced AS p
JOIN usual AS u ON u.product = p.product
WHERE abs(p.unit - u.usual) >= $farthest
ORDER BY p.row
