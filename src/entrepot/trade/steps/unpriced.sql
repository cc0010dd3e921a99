-- Which rows of a streamed file have a value per kilogram that is out of all bounds of their product?
-- Only products whose values lie so far apart are looked at.
-- grain: row
WITH priced AS (
    SELECT row, product, value_usd / net_kg AS unit
    FROM kept
    WHERE value_usd > 0 AND net_kg > 0 AND nth NOT IN (SELECT nth FROM off)
),
wide AS (
    SELECT product
    FROM priced
    GROUP BY product
    HAVING count(*) >= $judged AND max(unit) / min(unit) >= pow(10, $farthest)
),
usual AS (
    SELECT product, median(log10(unit)) AS usual
    FROM priced
    SEMI JOIN wide USING (product)
    GROUP BY product
)
SELECT DISTINCT p.row
FROM priced AS p
JOIN usual AS u ON u.product = p.product
WHERE abs(log10(p.unit) - u.usual) >= $farthest
ORDER BY p.row
