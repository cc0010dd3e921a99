-- Which flows whose rows are parts have rows in more than one file?
-- grain: reporter, exporter, importer, flow, product, hs_vintage, period
WITH flows AS (
    SELECT reporter, exporter, importer, flow, product, hs_vintage, period, min(row) AS low, max(row) AS high
    FROM settled
    GROUP BY reporter, exporter, importer, flow, product, hs_vintage, period
    HAVING count(*) > 1
)
SELECT reporter, flow, period, low, one.name AS one, other.name AS other
FROM flows
JOIN files AS one ON low > one.base AND low <= coalesce(one.last, low)
JOIN files AS other ON high > other.base AND high <= coalesce(other.last, high)
WHERE one.base <> other.base
ORDER BY low
