-- Which re-exports are in no leg, since nobody counts the same flow as an export or an import?
-- Re-exports are a part of exports; where an office prints them and domestic exports apart, its exports are no row.
-- grain: exporter
WITH again AS (
  SELECT exporter, importer, product, period, amount
  FROM scanned_flows
  WHERE flow = 're-export' AND frequency = $frequency
    AND left(exporter, 1) <> '+' AND left(importer, 1) <> '+' AND left(product, 1) <> '+' AND exporter <> importer
), beside AS (
  SELECT DISTINCT e.exporter, e.importer, e.product, e.period
  FROM scanned_flows AS e
  JOIN again AS a
    ON a.exporter = e.exporter AND a.importer = e.importer AND a.product = e.product AND a.period = e.period
  WHERE e.flow IN ('export', 'import', 'balanced')
)
SELECT a.exporter, count(*) AS counted, sum(a.amount) AS amount
FROM again AS a
LEFT JOIN beside AS b
  ON b.exporter = a.exporter AND b.importer = a.importer AND b.product = a.product AND b.period = a.period
WHERE b.exporter IS NULL
GROUP BY a.exporter
ORDER BY amount DESC NULLS LAST, a.exporter
